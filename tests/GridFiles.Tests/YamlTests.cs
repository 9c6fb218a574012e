using System.Text;
using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>Texts that are no YAML, or more YAML than a grid needs.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("name: [g", 1)]
    [InlineData("name: g\n  dataset: x", 2)]
    [InlineData("name: \"g", 1)]
    [InlineData("name: g\ntraining: { epochs: 1", 2)]
    [InlineData("name: g\ntraining: { epochs: 1 ]", 2)]
    [InlineData("name: @g", 1)]
    [InlineData("name: g\n- a", 2)]
    [InlineData("%YAML 9.0\n---\nname: g", 1)]
    [InlineData("name: \"\\U00110000\"", 1)]
    [InlineData("name: \"\\q\"", 1)]
    [InlineData("}", 1)]
    [InlineData("name: g\ndataset: [a\nexperiments: b", 2)]
    public void MalformedYamlIsNamedWithItsPlace(string yaml, int line)
    {
        GridFault fault = Assert.Single(Assert.Throws<GridFileException>(() => Some.Read(yaml)).Faults);
        Assert.InRange(fault.Line!.Value, 1, line + 1);
        Assert.NotNull(fault.Column);
        Assert.StartsWith("is no valid YAML here: ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("just text", "grid.yaml:1:1: the grid: is just text; wanted is a map of name, dataset, ")]
    [InlineData("- a", "grid.yaml:1:1: the grid: is a list; wanted is a map of name, dataset, ")]
    [InlineData("\"\"", "grid.yaml:1:1: the grid: is the text ''; wanted is a map of name, dataset, ")]
    public void AFileThatIsNoMapIsAFault(string yaml, string fault) => Assert.StartsWith(fault, Some.Fault(yaml), StringComparison.Ordinal);

    [Fact]
    public void ADuplicateKeyIsNamedWithBothPlaces()
    {
        Assert.Equal("grid.yaml:6:1: priority: duplicate key; it is written in line 5 already. Keep one.", Some.Fault(Some.Grid("priority: 1\npriority: 1")));
        Assert.Equal("grid.yaml:5:24: epochs: duplicate key; it is written in line 5 already. Keep one.", Some.Fault(Some.Grid("training: { epochs: 1, \"epochs\": 2 }")));
    }

    [Fact]
    public void ATabThatIndentsIsNamed()
    {
        Assert.Equal(
            ["grid.yaml:6:1: a tab indents the line; YAML wants spaces.", "grid.yaml:7:3: a tab indents the line; YAML wants spaces."],
            Some.Faults(Some.Grid("training:\n\tepochs: 3\n  \tseed: 1")));
        Assert.Equal(["a"], Some.Names(Some.Grid("priority:\t1 # between key\tand value a tab does no harm")));
    }

    [Fact]
    public void ASecondDocumentIsRefused() =>
        Assert.Equal("grid.yaml:5:1: a second document begins; write one grid a file.", Some.Fault(Some.Grid("---\nname: h")));

    [Fact]
    public void MarkersOfASingleDocumentAreAllowed() => Assert.Equal(["a"], Some.Names("---\n" + Some.Grid("...")));

    [Fact]
    public void AnchorsAliasesAndTagsAreRefused() =>
        Assert.Equal(
            [
                "grid.yaml:5:11: &t: anchors are not allowed; write the value where it is used.",
                "grid.yaml:6:8: *t: aliases are not allowed; write the value out, or use a matrix.",
                "grid.yaml:7:11: tag:yaml.org,2002:int: tags are not allowed; write the value alone.",
                "grid.yaml:8:14: !System.IO.FileInfo: tags are not allowed; write the value alone.",
            ],
            Some.Faults(Some.Grid("training: &t { epochs: 1 }\nsplit: *t\npriority: !!int 1\nmaxParallel: !System.IO.FileInfo 3")));

    [Fact]
    public void AMergeKeyIsRefusedWithItsAlias() =>
        Assert.Equal(
            [
                "grid.yaml:5:14: experiments.<<: unknown key. Allowed: name, training, model, dropout, matrix.",
                "grid.yaml:5:18: *x: aliases are not allowed; write the value out, or use a matrix.",
            ],
            Some.Faults(Some.Experiments("- { name: a, <<: *x }")));

    [Fact]
    public void AnAliasBombIsRefusedAtItsFirstAnchors()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 100; i++) bomb.Append(Format($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n"));
        Assert.Equal("grid.yaml:1:5: &a0: anchors are not allowed; write the value where it is used.", Some.Faults(bomb.ToString())[1]);

        static string Format(FormattableString text) => FormattableString.Invariant(text);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("[{a: ")]
    public void DepthIsRefusedAndTheProcessLives(string opening) =>
        Assert.Contains("is nested more than 20 levels deep; a grid needs 5.", Some.Fault(string.Concat(Enumerable.Repeat(opening, 100_000))), StringComparison.Ordinal);

    [Fact]
    public void AMapWhereAKeyIsWantedIsAFault() =>
        Assert.Equal("grid.yaml:5:3: a map or list stands where a key is wanted; write key: value.", Some.Fault(Some.Grid("? [a, b]\n: 1")));

    [Theory]
    [InlineData("\0", "\\u0000")]
    [InlineData("\u001b", "\\u001b")]
    [InlineData("\u0080", "\\u0080")]
    public void ControlCharactersAreRefusedAndShownEscaped(string character, string shown) =>
        Assert.Equal($"grid.yaml:5:4: the character {shown} is not allowed in a grid file; delete it.", Some.Fault(Some.Grid($"# a{character}")));

    [Fact]
    public void AMessageDrivesNoTerminal() =>
        Assert.Contains("the grid\\u001b[31m: unknown key", Some.Fault(Some.Grid("\"the grid\\e[31m\": 1")), StringComparison.Ordinal);

    [Fact]
    public void MoreThanAMegabyteIsRefusedUnread()
    {
        Assert.Equal(["a"], Some.Names(Some.Grid("#" + new string('x', 900_000))));
        Assert.StartsWith("grid.yaml: is larger than 1 MB", Some.Fault(Some.Grid("#" + new string('x', 1_000_000))), StringComparison.Ordinal);
        Assert.StartsWith("grid.yaml: is larger than 1 MB", Some.Fault(Some.Grid("#" + new string('é', 500_000))), StringComparison.Ordinal);
    }

    [Fact]
    public void WhateverTheTextTheAnswerIsAGridOrItsFaults()
    {
        const string pieces = "{}[],:-?*&!|>'\"%@`#~ \n\\x0.eU";
        var random = new Random(2018);
        string[] examples = [.. Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        int refused = 0;
        for (int i = 0; i < 3_000; i++)
        {
            var text = new StringBuilder(examples[i % examples.Length]);
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                int at = random.Next(text.Length - 5);
                if (random.Next(3) == 0) text.Remove(at, random.Next(1, 5));
                else text.Insert(at, pieces[random.Next(pieces.Length)]);
            }

            try
            {
                Assert.NotEmpty(Some.Definition(text.ToString()).Experiments);
            }
            catch (GridFileException e)
            {
                Assert.NotEmpty(e.Faults);
                refused++;
            }
        }

        Assert.InRange(refused, 1, 2_999);
    }

    [Fact]
    public void AByteOrderMarkInATextIsNoFault() => Assert.Equal(["a"], Some.Names("\uFEFF" + Some.Grid()));

    [Fact]
    public void TextMayGoOnInTheNextLine() =>
        Assert.Equal("grid.yaml:1:7: name: is a b; wanted is a name of 1 to 100 letters, digits and . _ = + -, beginning with a letter or digit.", Some.Fault(Some.Grid().Replace("name: g", "name: a\n  b", StringComparison.Ordinal)));

    [Fact]
    public void LinesMayEndAsOnWindows() =>
        Assert.Equal("grid.yaml:5:11: priority: is x; wanted is a whole number from -100 to 100.", Some.Fault(Some.Grid("priority: x").ReplaceLineEndings("\r\n")));
}
