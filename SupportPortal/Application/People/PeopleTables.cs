using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SupportPortal.Application.People;

internal sealed class PeopleTables :
    IEntityTypeConfiguration<PortalUser>,
    IEntityTypeConfiguration<Organisation>,
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
        person.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.Property(o => o.Name).HasMaxLength(100);
        organisation.Property(o => o.NormalizedName).HasMaxLength(100);
        organisation.HasIndex(o => o.NormalizedName).IsUnique();
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
