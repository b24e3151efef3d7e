using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SupportPortal.Application.CloudServices;

namespace SupportPortal.Application.People;

internal sealed class PeopleTables :
    IEntityTypeConfiguration<PortalUser>,
    IEntityTypeConfiguration<Organisation>,
    IEntityTypeConfiguration<OrganisationDomain>,
    IEntityTypeConfiguration<OrganisationService>,
    IEntityTypeConfiguration<Device>,
    IEntityTypeConfiguration<ApiToken>,
    IEntityTypeConfiguration<IdentityUserClaim<string>>,
    IEntityTypeConfiguration<IdentityUserLogin<string>>,
    IEntityTypeConfiguration<IdentityUserToken<string>>,
    IEntityTypeConfiguration<IdentityUserPasskey<string>>
{
    public void Configure(EntityTypeBuilder<PortalUser> person)
    {
        person.ToTable("People");
        person.Property(p => p.Name).HasMaxLength(100);
        person.Property(p => p.Team).HasMaxLength(Team.LongestName);
        person.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.Property(o => o.Name).HasMaxLength(100);
        organisation.Property(o => o.NormalizedName).HasMaxLength(100);
        organisation.HasIndex(o => o.NormalizedName).IsUnique();
        organisation.Property(o => o.Plan).HasMaxLength(100);
        organisation.Property(o => o.TimeZone).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<OrganisationDomain> domain)
    {
        domain.ToTable("OrganisationDomains");
        domain.HasKey(d => d.Domain);
        domain.Property(d => d.Domain).HasMaxLength(253);
        domain.HasOne<Organisation>().WithMany().HasForeignKey(d => d.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OrganisationService> service)
    {
        service.ToTable("OrganisationServices");
        service.HasKey(s => new { s.OrganisationId, s.ServiceId });
        service.HasOne<Organisation>().WithMany().HasForeignKey(s => s.OrganisationId).OnDelete(DeleteBehavior.Cascade);
        service.HasOne<CloudService>().WithMany().HasForeignKey(s => s.ServiceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Device> device)
    {
        device.ToTable("Devices");
        device.Property(d => d.Id).HasMaxLength(40);
        device.Property(d => d.Agent).HasMaxLength(300);
        device.Property(d => d.Address).HasMaxLength(64);
        device.HasOne<PortalUser>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ApiToken> token)
    {
        token.Property(t => t.Name).HasMaxLength(100);
        token.Property(t => t.Hash).HasMaxLength(32);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasOne<PortalUser>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> claim) => claim.ToTable("PersonClaims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> login) => login.ToTable("PersonLogins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> token) => token.ToTable("PersonTokens");

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<string>> passkey) => passkey.ToTable("PersonPasskeys");
}
