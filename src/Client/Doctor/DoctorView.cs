using Experiments.Reports;
using Spectre.Console;

namespace Experiments.Client.Doctor;

/// <summary>The findings as lines, each remedy below what it mends.</summary>
internal static class DoctorView
{
    public static void Show(IReadOnlyCollection<CheckedFinding> found, Output output)
    {
        var table = new Table().NoBorder().HideHeaders().AddColumns(new TableColumn("").NoWrap(), new TableColumn("").NoWrap(), new TableColumn(""));
        Finding? before = null;
        foreach (var (name, finding) in found)
        {
            table.AddRow(new Text(name), Status(finding.Status), new Text(finding == before ? "As above." : Told(finding)));
            before = finding;
        }

        output.People.Write(table);
        output.Line(Summary(Count(FindingStatus.Fault), Count(FindingStatus.Note)));

        int Count(FindingStatus status) => found.Count(check => check.Finding.Status == status);
    }

    private static string Told(Finding finding) => finding.Remedy is { } remedy ? $"{finding.Seen}\n→ {remedy}" : finding.Seen;

    private static string Summary(int faults, int notes) => (faults, notes) switch
    {
        (0, 0) => "No faults.",
        (0, _) => $"No faults, {Figures.Count(notes, "note")}.",
        _ => $"{Figures.Count(faults, "fault")}, {Figures.Count(notes, "note")}.",
    };

    private static Text Status(FindingStatus status) => status switch
    {
        FindingStatus.Ok => new("ok", new Style(Color.Green)),
        FindingStatus.Note => new("note", new Style(Color.Yellow)),
        _ => new("FAULT", new Style(Color.Red, decoration: Decoration.Bold)),
    };
}
