namespace Tracker.Hosting.Contract;

/// <summary>Where the contract is read: as a document by programs, as pages by people.</summary>
internal static class ContractPages
{
    public static IServiceCollection AddContract(this IServiceCollection services) =>
        services.AddOpenApi("v1", options => options.AddDocumentTransformer<ContractDocument>());

    public static void MapContract(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json");
}
