using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SupportPortal.Application.Storage;

namespace SupportPortal.Application.Tickets;

/// <summary>
/// Inserts new rows inside a transaction. On SQLite by one prepared statement a table: the change tracker prepares one for every row,
/// which is most of what a commit costs. On PostgreSQL through the change tracker, which sends all rows in one round trip.
/// </summary>
internal sealed class FreshRows(PortalDb db) : IDisposable
{
    private static readonly ConcurrentDictionary<IEntityType, Table> Tables = new();

    private readonly SqliteTransaction? _transaction = db.Database.CurrentTransaction?.GetDbTransaction() as SqliteTransaction;
    private readonly Dictionary<Type, (Table Table, SqliteCommand Insert)> _inserts = [];

    /// <summary>Inserts a row: now, or with the context's other changes.</summary>
    public void Add<T>(T row) where T : class
    {
        if (_transaction is null)
        {
            db.Add(row);
            return;
        }

        if (!_inserts.TryGetValue(typeof(T), out var insert))
        {
            var table = Tables.GetOrAdd(db.Model.FindEntityType(typeof(T))!, type => new Table(type));
            _inserts.Add(typeof(T), insert = (table, table.Prepare(_transaction)));
        }

        insert.Table.Fill(insert.Insert, row);
        insert.Insert.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var (_, insert) in _inserts.Values) insert.Dispose();
    }

    /// <summary>How rows of one type are inserted: the model's own columns and conversions.</summary>
    private sealed class Table
    {
        private readonly Column[] _columns;
        private readonly string _insert;

        public Table(IEntityType type)
        {
            var table = StoreObjectIdentifier.Table(type.GetTableName()!);
            _columns = [.. type.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never)
                .Select(p => new Column(p.GetColumnName(table)!, p.GetGetter(), p.GetRelationalTypeMapping().Converter))];
            _insert = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", _columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", _columns.Select((_, i) => $"@p{i}"))})";
        }

        public SqliteCommand Prepare(SqliteTransaction transaction)
        {
            var command = transaction.Connection!.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, _insert);
            for (var i = 0; i < _columns.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
            return command;
        }

        public void Fill(SqliteCommand command, object row)
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                var value = _columns[i].Read.GetClrValue(row);
                command.Parameters[i].Value = (value is null ? null : _columns[i].Converter?.ConvertToProvider(value) ?? value) ?? DBNull.Value;
            }
        }

        private sealed record Column(string Name, IClrPropertyGetter Read, ValueConverter? Converter);
    }
}
