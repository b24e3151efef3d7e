using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportPortal.Application.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AccountMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "RevivedAt",
                table: "Reminders",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Address",
                table: "OutgoingMail",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Letter",
                table: "OutgoingMail",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_RevivedAt",
                table: "Reminders",
                column: "RevivedAt",
                filter: "\"RevivedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMail_Address",
                table: "OutgoingMail",
                column: "Address",
                filter: "\"Address\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMail_ReminderId",
                table: "OutgoingMail",
                column: "ReminderId",
                filter: "\"ReminderId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Reminders_RevivedAt",
                table: "Reminders");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMail_Address",
                table: "OutgoingMail");

            migrationBuilder.DropIndex(
                name: "IX_OutgoingMail_ReminderId",
                table: "OutgoingMail");

            migrationBuilder.DropColumn(
                name: "RevivedAt",
                table: "Reminders");

            migrationBuilder.DropColumn(
                name: "Address",
                table: "OutgoingMail");

            migrationBuilder.DropColumn(
                name: "Letter",
                table: "OutgoingMail");
        }
    }
}
