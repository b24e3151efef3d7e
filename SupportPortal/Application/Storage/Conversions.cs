using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace SupportPortal.Application.Storage;

/// <summary>An instant as microseconds since the Unix epoch: ordered and compared as a number on both databases.</summary>
public sealed class InstantConverter() : ValueConverter<Instant, long>(
    instant => instant.ToUnixTimeTicks() / 10,
    microseconds => Instant.FromUnixTimeTicks(microseconds * 10));

/// <summary>Identity's own instants: SQLite cannot compare an offset, PostgreSQL takes offset zero only; UTC sorts on both.</summary>
public sealed class UtcDateTimeOffsetConverter() : ValueConverter<DateTimeOffset, DateTime>(
    value => value.UtcDateTime,
    value => new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)));
