namespace Experiments.Dashboard.HtmlReports;

/// <summary>What people wrote about a grid or an experiment.</summary>
internal static class AnnotationPart
{
    public static Html Of(Annotation? annotation) => annotation is null ? Html.Empty : Html.Join(
    [
        annotation.Tags.IsEmpty ? Html.Empty : Html.Element("p", [("class", "tags")], $"Tags: {string.Join(", ", annotation.Tags)}"),
        annotation.Note.Length == 0 ? Html.Empty : Html.Element("p", [("class", "written")], annotation.Note),
    ]);
}
