using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tracker.Hosting.Postgres;

namespace Tracker.Hosting;

/// <summary>
/// The certificate that encrypts the keys which the database keeps for sealing. Its private key lies outside the database: whoever reads that, or a
/// backup of it, opens nothing.
/// </summary>
internal static class ProtectionCertificate
{
    /// <summary>A file of our own, made where it is missing; several nodes share it.</summary>
    public const string FileSetting = "Tracker:Keys:File";

    /// <summary>A certificate that the operator has, with its private key: PEM or PKCS #12.</summary>
    public const string CertificateSetting = "Tracker:Keys:Certificate";

    /// <summary>What opens the private key in that.</summary>
    public const string PasswordSetting = "Tracker:Keys:CertificatePassword";

    private const string FileName = "protection.pem";
    private const int Bits = 3072;

    /// <summary>The certificate that the settings name, or the one beside the embedded database; null where there is neither.</summary>
    /// <exception cref="InvalidOperationException">It cannot be used; the message says which setting and why.</exception>
    public static X509Certificate2? Of(IConfiguration configuration, Database database)
    {
        var (file, certificate) = (configuration[FileSetting], configuration[CertificateSetting]);
        if (file is { Length: > 0 } && certificate is { Length: > 0 }) throw new InvalidOperationException($"{FileSetting} and {CertificateSetting} are both set; one of them encrypts the keys: set only that one.");
        if (certificate is { Length: > 0 }) return Read(CertificateSetting, certificate, configuration[PasswordSetting]);
        if (file is not { Length: > 0 })
        {
            if (database.DataDirectory is not { } directory) return null;
            file = Path.Combine(directory, FileName);
        }

        if (!File.Exists(file)) Make(file);
        return Read(FileSetting, file, null);
    }

    private static X509Certificate2 Read(string setting, string path, string? password)
    {
        try
        {
            using var text = File.OpenText(path);
            var certificate = (text.ReadToEnd().Contains("-----BEGIN", StringComparison.Ordinal), string.IsNullOrEmpty(password)) switch
            {
                (true, true) => X509Certificate2.CreateFromPemFile(path),
                (true, false) => X509Certificate2.CreateFromEncryptedPemFile(path, password),
                _ => X509CertificateLoader.LoadPkcs12FromFile(path, password),
            };
            using var key = certificate.GetRSAPrivateKey();
            return key is not null ? certificate : throw new InvalidOperationException($"{setting}: {path} holds no RSA private key. Name a file that has the certificate and its RSA key.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{setting}: {path} cannot be read as a certificate with its private key (PEM or PKCS #12): {e.Message} A password for it is {PasswordSetting}.", e);
        }
    }

    /// <summary>Makes the file, whole at once: of two nodes that make it together, one does, and the other takes what that one made.</summary>
    private static void Make(string file)
    {
        using var key = RSA.Create(Bits);
        // Nobody looks at its name or its days: it is a key in the form that the framework takes.
        using var made = new CertificateRequest("CN=Tracker protection", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
        var draft = $"{file}.new-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder) Directory.CreateDirectory(folder);
            DataDirectory.WriteSecret(draft, $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{FileSetting}: {file} is missing and cannot be made: {e.Message} Bring it back, or name a folder that this user may write to.", e);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
