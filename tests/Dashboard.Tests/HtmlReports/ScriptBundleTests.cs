using Experiments.Dashboard.HtmlReports;

namespace Experiments.Dashboard.Tests.HtmlReports;

public sealed class ScriptBundleTests
{
    [Fact]
    public void A_module_comes_once_and_after_what_it_imports()
    {
        var modules = new Dictionary<string, string>
        {
            ["main.js"] = "import { a } from './kinds/a.js';\nimport { b } from './b.js';\nexport const sum = a + b;\n",
            ["kinds/a.js"] = "import { b } from '../b.js';\nexport const a = b + 1;\n",
            ["b.js"] = "const hidden = 1;\nexport const b = hidden;\nexport async function later() {}\n",
        };

        Assert.Equal(
            """
            const $b_js = (() => {
            const hidden = 1;
            const b = hidden;
            async function later() {}

            return { b, later };
            })();
            const $kinds_a_js = (() => {
            const { b } = $b_js;
            const a = b + 1;

            return { a };
            })();
            const $main_js = (() => {
            const { a } = $kinds_a_js;
            const { b } = $b_js;
            const sum = a + b;

            return { sum };
            })();

            """,
            ScriptBundle.Of("main.js", path => modules[path]));
    }

    [Fact]
    public void Of_our_own_modules_nothing_is_left_to_import_or_export()
    {
        string[] lines = ReportAssets.Charts.Split('\n');

        Assert.DoesNotContain(lines, line => line.StartsWith("import ", StringComparison.Ordinal) || line.StartsWith("export ", StringComparison.Ordinal));
        Assert.DoesNotContain("</script", ReportAssets.Charts + ReportAssets.ECharts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", ReportAssets.Charts + ReportAssets.ECharts, StringComparison.Ordinal);
    }
}
