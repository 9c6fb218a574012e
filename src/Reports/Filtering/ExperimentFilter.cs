namespace Experiments.Reports;

/// <summary>Which experiments a list shows, such as <c>testAccuracy &gt; 0.91 and tag:night</c>.</summary>
/// <remarks>
/// <c>word</c> and <c>name:drop*</c> ask for a part of the name and for the whole of it, where <c>*</c> stands for any characters and
/// <c>?</c> for one; <c>status:failed</c> and <c>tag:night</c> for a status and a tag, all in upper or lower case. A number of
/// <see cref="ExperimentNumber.All"/> compares by <c>&lt; &lt;= &gt; &gt;= = !=</c>, a <see cref="ConfigKey"/> whose value is a word by
/// <c>= !=</c>, and none does where it is not known. <c>not</c> binds closer
/// than <c>and</c>, <c>and</c> closer than <c>or</c>; parentheses group. What holds a space or a sign, or is a keyword, stands in double quotes.
/// </remarks>
public sealed class ExperimentFilter
{
    private static readonly FilterWords<FilteredExperiment> Words = new(
        experiment => experiment.Name,
        [.. Enum.GetNames<ExperimentStatus>()],
        experiment => (int)experiment.Status,
        experiment => experiment.Tags,
        [.. ExperimentNumber.All.Select(number => number.Name), .. ConfigKey.All.Where(key => !key.IsNumber).Select(key => key.Name), "values of layers such as model.conv2.filters"],
        name => ExperimentNumber.Find(name) is { } number ? experiment => experiment.Number(number) : null,
        name => ConfigKey.Find(name) is { IsNumber: false } key ? experiment => experiment.Word(key) : null,
        "testAccuracy > 0.9");

    private readonly Func<FilteredExperiment, bool> _holds;

    private ExperimentFilter(string text, Func<FilteredExperiment, bool> holds) => (Text, _holds) = (text, holds);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <param name="text">Blank for all experiments.</param>
    /// <exception cref="FilterException">It is no filter.</exception>
    public static ExperimentFilter Parse(string text) =>
        new(text, string.IsNullOrWhiteSpace(text) ? _ => true : new FilterParser<FilteredExperiment>(text, Words).Read());

    public bool Matches(FilteredExperiment experiment) => _holds(experiment);
}
