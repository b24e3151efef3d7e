using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportPortal.Application.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OnCall : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "HandOverTo",
                table: "Reminders",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PublishedBy",
                table: "Catalogue",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "OnCallRota",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Data = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    ChangedBy = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallRota", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Reminders_HandOverTo",
                table: "Reminders",
                column: "HandOverTo",
                filter: "\"HandOverTo\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OnCallRota");

            migrationBuilder.DropIndex(
                name: "IX_Reminders_HandOverTo",
                table: "Reminders");

            migrationBuilder.DropColumn(
                name: "HandOverTo",
                table: "Reminders");

            migrationBuilder.DropColumn(
                name: "PublishedBy",
                table: "Catalogue");
        }
    }
}
