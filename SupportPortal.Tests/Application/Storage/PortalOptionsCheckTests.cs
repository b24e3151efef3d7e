using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SupportPortal.Application.Channels.Email;
using SupportPortal.Application.Storage;

namespace SupportPortal.Tests.Application.Storage;

public sealed class PortalOptionsCheckTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("options-");

    [Theory]
    [InlineData("Database:Provider", "Mongo", "Portal:Database:Provider")]
    [InlineData("Database:Provider", "7", "Portal:Database:Provider")]
    [InlineData("Database:Provider", "Postgres", "Portal:Database:ConnectionString")]
    [InlineData("Database:ConnectionString", "Colour=red", "Portal:Database:ConnectionString")]
    [InlineData("DataDirectory", "/proc/portal", "Portal:DataDirectory")]
    [InlineData("DataDirectory", " ", "Portal:DataDirectory")]
    [InlineData("Attachments:MaxBytes", "0", "Portal:Attachments:MaxBytes")]
    [InlineData("Attachments:MaxBytes", "much", "Portal:Attachments:MaxBytes")]
    [InlineData("Attachments:MaxPerTicket", "-1", "Portal:Attachments:MaxPerTicket")]
    [InlineData("Attachments:AllowedTypes:0", "pdf", "Portal:Attachments:AllowedTypes")]
    [InlineData("Brand:Name", " ", "Portal:Brand:Name")]
    [InlineData("Brand:Colour", "blue", "Portal:Brand:Colour")]
    [InlineData("Brand:Logo", "/nowhere/logo.png", "Portal:Brand:Logo")]
    [InlineData("Brand:Logo", "/etc/hosts", "Portal:Brand:Logo")]
    [InlineData("PublicUrl", "support.example", "Portal:PublicUrl")]
    [InlineData("PublicUrl", "ftp://support.example", "Portal:PublicUrl")]
    [InlineData("TrustedProxies:0", "proxy.example", "Portal:TrustedProxies")]
    [InlineData("SingleSignOn:acme:DefaultRole", "Boss", "Portal:SingleSignOn:acme:DefaultRole: 'Boss': use Customer, Agent, Manager or Administrator.")]
    [InlineData("SingleSignOn:acme:AddsPeople", "perhaps", "Portal:SingleSignOn:acme:AddsPeople: 'perhaps': use true or false.")]
    [InlineData("Demo", "true", "Portal:Demo")]
    [InlineData("Demo", "perhaps", "Portal:Demo: 'perhaps': use true or false.")]
    public void An_unusable_setting_is_named(string key, string value, string named)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read("Production", key, value));
        Assert.StartsWith(named, Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("support")] // A message id cannot be made of it, so that every mail would fail.
    [InlineData("Support <support>")]
    public void A_sender_that_no_mail_can_come_from_is_named(string from) =>
        Assert.Contains("Portal:Mail:From", Assert.Single(new MailOptions { Host = "mail.example", From = from }.Problems()), StringComparison.Ordinal);

    [Fact]
    public void Nothing_but_the_environment_needs_to_be_set()
    {
        var options = Read("Production", "PublicUrl", null);
        Assert.Equal(
            (DatabaseProvider.Sqlite, true, false, 25L * 1024 * 1024, Path.Combine(_directory.FullName, "portal.db")),
            (options.Database.Provider, options.Database.MigrateOnStart, options.Demo, options.Attachments.MaxBytes, options.InDataDirectory("portal.db")));
        Assert.Contains(".pdf", options.Attachments.Extensions);
        Assert.True(Read("Development", "PublicUrl", null).Demo);
    }

    [Fact]
    public void A_data_directory_is_made_for_its_owner_alone()
    {
        var directory = Path.Combine(_directory.FullName, "new", "data");
        Read("Production", "DataDirectory", directory);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        Assert.Empty(Directory.GetFileSystemEntries(directory));
    }

    private PortalOptions Read(string environment, string key, string? value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Portal:DataDirectory"] = _directory.FullName });
        if (value is not null) builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [$"Portal:{key}"] = value });
        builder.Services.AddPortalStorage();
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
