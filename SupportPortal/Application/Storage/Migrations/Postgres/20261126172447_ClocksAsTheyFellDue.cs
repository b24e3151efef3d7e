using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SupportPortal.Application.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ClocksAsTheyFellDue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DueAssigneeId",
                table: "Clocks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DueSeverity",
                table: "Clocks",
                type: "integer",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DueAssigneeId",
                table: "Clocks");

            migrationBuilder.DropColumn(
                name: "DueSeverity",
                table: "Clocks");
        }
    }
}
