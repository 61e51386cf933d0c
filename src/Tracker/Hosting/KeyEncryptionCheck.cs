using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Tracker.Access;

namespace Tracker.Hosting;

/// <summary>
/// Sees at each start to how the keys for sealing lie in the database: encrypts those that an earlier start left open, and has a new one take over;
/// does not start where there are some that it cannot open; and says so where there is nothing to encrypt them with.
/// </summary>
internal sealed class KeyEncryptionCheck(
    ProtectionKeys stored, IKeyManager manager, IOptions<KeyManagementOptions> options, IEnumerable<IServer> servers, ILogger<KeyEncryptionCheck> log) : IHostedService
{
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A command seals nothing.
        if (servers.Any()) See();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void See()
    {
        if (manager.GetAllKeys().FirstOrDefault(x => !x.IsRevoked && !Opens(x)) is { } shut)
            throw new InvalidOperationException(
                $"The key {shut.KeyId} in {ProtectionKeys.TableName} is encrypted by a certificate that is not here: webhook secrets and forms could not be opened. "
                + $"Name the one that encrypted it ({ProtectionCertificate.FileSetting} or {ProtectionCertificate.CertificateSetting}). Where it is lost, delete the rows of that table: open forms must be loaded again, and webhooks need new secrets.");
        if (options.Value.XmlEncryptor is not { } encryptor)
        {
            log.LogWarning(
                "The keys that seal webhook secrets, forms and links to unsubscribe lie unencrypted in the database: whoever reads it or a backup of it can open what they seal. "
                + "Set {File} to a file outside it, which is made where it is missing and shared by all nodes, or {Certificate} to a certificate with its private key.",
                ProtectionCertificate.FileSetting, ProtectionCertificate.CertificateSetting);
            return;
        }

        var open = stored.All().Where(x => Secrets(x.Xml).Any()).ToArray();
        if (open.Length == 0) return;
        foreach (var (name, xml) in open) stored.Replace(name, Encrypted(xml, encryptor));
        var now = TimeProvider.System.GetUtcNow();
        manager.CreateNewKey(now, now + options.Value.NewKeyLifetime);
        log.LogWarning("{Count} keys that lay unencrypted in the database are encrypted now, and a new one takes over. Whoever has an older backup can open what those sealed: rotate the secrets of webhooks.", open.Length);
    }

    private static bool Opens(IKey key)
    {
        try
        {
            return key.Descriptor is not null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException or System.Xml.XmlException)
        {
            return false;
        }
    }

    /// <summary>What the framework marks as to be encrypted, and leaves open where it has nothing to encrypt it with.</summary>
    private static IEnumerable<XElement> Secrets(XElement key) => key.Descendants().Where(x => (bool?)x.Attribute(Protection + "requiresEncryption") == true);

    /// <summary>A key as the framework would have stored it with an encryptor.</summary>
    private static XElement Encrypted(XElement key, IXmlEncryptor encryptor)
    {
        var encrypted = new XElement(key);
        foreach (var secret in Secrets(encrypted).ToArray())
        {
            var sealedOne = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(Protection + "encryptedSecret", new XAttribute("decryptorType", sealedOne.DecryptorType.AssemblyQualifiedName!), sealedOne.EncryptedElement));
        }

        // It says that what follows is not encrypted.
        encrypted.DescendantNodes().OfType<XComment>().Remove();
        return encrypted;
    }
}
