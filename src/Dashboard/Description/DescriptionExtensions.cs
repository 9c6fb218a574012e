using Experiments.Dashboard.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Dashboard.Description;

internal static class DescriptionExtensions
{
    /// <summary>Describes the endpoints as OpenAPI.</summary>
    public static void AddApiDescription(this IServiceCollection services, DashboardOptions dashboard) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info.Title, document.Info.Description) = ("Experiments", "What a cluster knows of its grids, experiments and silos.");
            if (dashboard.Access.AsksForKey) AskForKey(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(DescribeConverted);
    });

    private static void AskForKey(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[ApiKeyHandler.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKeyHandler.Scheme, document)] = [] }];
    }

    /// <summary>Of what has a converter of ours, the schema cannot be told from the type: numbers that are not finite are null, and times are text.</summary>
    private static Task DescribeConverted(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(double) || type == typeof(double?))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.Number | JsonSchemaType.Null, "double");
        }
        else if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            (schema.Type, schema.Format) = (type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
        }

        return Task.CompletedTask;
    }
}
