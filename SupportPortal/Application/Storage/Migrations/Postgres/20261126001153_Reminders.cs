using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportPortal.Application.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reminders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PersonId",
                table: "OutgoingMail",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReminderId",
                table: "OutgoingMail",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AlarmAt",
                table: "Clocks",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ReminderReaders",
                columns: table => new
                {
                    PersonId = table.Column<string>(type: "text", nullable: false),
                    DeliveredThrough = table.Column<long>(type: "bigint", nullable: false),
                    Mail = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderReaders", x => x.PersonId);
                    table.ForeignKey(
                        name: "FK_ReminderReaders_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Reminders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    TicketId = table.Column<long>(type: "bigint", nullable: false),
                    Ordinal = table.Column<int>(type: "integer", nullable: false),
                    Metric = table.Column<int>(type: "integer", nullable: false),
                    Severity = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    Left = table.Column<decimal>(type: "numeric", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<long>(type: "bigint", nullable: true),
                    RaisedAt = table.Column<long>(type: "bigint", nullable: false),
                    IsLate = table.Column<bool>(type: "boolean", nullable: false),
                    IsFirstBreach = table.Column<bool>(type: "boolean", nullable: false),
                    Audience = table.Column<int>(type: "integer", nullable: false),
                    OnCallId = table.Column<string>(type: "text", nullable: true),
                    AcknowledgedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reminders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReminderMarks",
                columns: table => new
                {
                    ReminderId = table.Column<long>(type: "bigint", nullable: false),
                    PersonId = table.Column<string>(type: "text", nullable: false),
                    SnoozedUntil = table.Column<long>(type: "bigint", nullable: true),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true),
                    WokeAt = table.Column<long>(type: "bigint", nullable: true),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReminderMarks", x => new { x.ReminderId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_ReminderMarks_Reminders_ReminderId",
                        column: x => x.ReminderId,
                        principalTable: "Reminders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Counters",
                columns: new[] { "Name", "Value" },
                values: new object[] { "reminders", 0L });

            migrationBuilder.CreateIndex(
                name: "IX_Clocks_AlarmAt",
                table: "Clocks",
                column: "AlarmAt",
                filter: "\"AlarmAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ReminderMarks_ChangedAt",
                table: "ReminderMarks",
                column: "ChangedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReminderMarks_SnoozedUntil",
                table: "ReminderMarks",
                column: "SnoozedUntil",
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_Live",
                table: "Reminders",
                column: "Id",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_TicketId_Ordinal_At_Step",
                table: "Reminders",
                columns: new[] { "TicketId", "Ordinal", "At", "Step" },
                unique: true);

            // What runs or is owed already is looked at once, at the first start.
            migrationBuilder.Sql("""UPDATE "Clocks" SET "AlarmAt" = "StartedAt" WHERE "StoppedAt" IS NULL AND "State" IN (0, 5)""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReminderMarks");

            migrationBuilder.DropTable(
                name: "ReminderReaders");

            migrationBuilder.DropTable(
                name: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_Clocks_AlarmAt",
                table: "Clocks");

            migrationBuilder.DeleteData(
                table: "Counters",
                keyColumn: "Name",
                keyValue: "reminders");

            migrationBuilder.DropColumn(
                name: "PersonId",
                table: "OutgoingMail");

            migrationBuilder.DropColumn(
                name: "ReminderId",
                table: "OutgoingMail");

            migrationBuilder.DropColumn(
                name: "AlarmAt",
                table: "Clocks");
        }
    }
}
