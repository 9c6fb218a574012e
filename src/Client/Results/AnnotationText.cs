using Experiments.GridFiles;
using Spectre.Console;

namespace Experiments.Client.Results;

/// <summary>What people wrote, for a terminal, which it must not drive.</summary>
internal static class AnnotationText
{
    /// <summary>Of the tags in a table, which folds no line.</summary>
    private const int WidestCell = 40;

    /// <returns>The header of a column for tags where there are any, else none.</returns>
    public static string[] Header(IEnumerable<Annotation?> annotations) =>
        annotations.Any(annotation => annotation is { Tags.IsEmpty: false }) ? ["Tags"] : [];

    public static string Cell(Annotation? annotation) => Markup.Escape(Shown.Of(Tags(annotation), WidestCell));

    public static void Show(Annotation? annotation, Output output)
    {
        if (annotation is { Tags.IsEmpty: false })
        {
            output.Line($"Tags: {Shown.Of(Tags(annotation), int.MaxValue)}");
        }

        if (annotation is { Note: not "" })
        {
            output.Line($"Note: {string.Join(Environment.NewLine, annotation.Note.ReplaceLineEndings("\n").Split('\n').Select(line => Shown.Of(line, int.MaxValue)))}");
        }
    }

    private static string Tags(Annotation? annotation) => string.Join(", ", annotation?.Tags ?? []);
}
