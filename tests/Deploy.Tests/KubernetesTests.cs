using k8s;
using k8s.Models;

namespace Experiments.Deploy.Tests;

/// <summary>The manifests as kubectl builds them, read by the strict models of Kubernetes' own client: no cluster is at hand to apply them to.</summary>
public sealed class KubernetesTests : IDisposable
{
    private const int SecondsToCheckpoint = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-kubernetes-").FullName;

    [Fact]
    public async Task TheExampleIsWhatKubernetesKnowsAndItsPartsFindEachOther()
    {
        var all = await Build("overlays/example");
        var silo = Deployment(all, "experiments-silo");
        var dashboard = Deployment(all, "experiments-dashboard");

        Assert.All(all.OfType<IKubernetesObject<V1ObjectMeta>>().Where(part => part is not V1Namespace), part => Assert.Equal("experiments", part.Metadata.NamespaceProperty));
        string secret = Assert.Single(all.OfType<V1Secret>()).Metadata.Name;
        var keys = all.OfType<V1Secret>().Single().Data.Keys;
        Assert.All(Environment(silo).Concat(Environment(dashboard)).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>(), reference =>
        {
            Assert.Equal(secret, reference.Name);
            Assert.Contains(reference.Key, keys);
        });
        Assert.True(Selects(Assert.Single(all.OfType<V1Service>()).Spec.Selector, dashboard));
        Assert.True(Selects(Assert.Single(all.OfType<V1PodDisruptionBudget>()).Spec.Selector.MatchLabels, silo));
        var scaler = Assert.Single(all.OfType<V2HorizontalPodAutoscaler>());
        Assert.Equal("experiments-silo", scaler.Spec.ScaleTargetRef.Name);
        Assert.Null(silo.Spec.Replicas);
        Assert.Contains(
            scaler.Spec.Metrics.Single().External.Metric.Name,
            await File.ReadAllTextAsync(Repository.Deploy("kubernetes", "components", "autoscaling", "prometheus-adapter-rule.yaml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASiloThatGoesHasTimeForItsCheckpointsAndGoesAlone()
    {
        var silo = Deployment(await Build("base"), "experiments-silo").Spec;

        Assert.True(silo.Template.Spec.TerminationGracePeriodSeconds > 2 * SecondsToCheckpoint);
        Assert.Equal(("1", "0"), (silo.Strategy.RollingUpdate.MaxUnavailable.Value, silo.Strategy.RollingUpdate.MaxSurge.Value));
        Assert.False(silo.Template.Spec.EnableServiceLinks);
    }

    [Theory]
    [InlineData("experiments-silo", "/cache", "/tmp")]
    [InlineData("experiments-dashboard", "/tmp")]
    public async Task AProgramMayNothingButItsWork(string name, params string[] written)
    {
        var pod = Deployment(await Build("base"), name).Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(written, container.VolumeMounts.Select(mount => mount.MountPath).Order());
        Assert.All(
            [container.StartupProbe, container.LivenessProbe, container.ReadinessProbe],
            probe => Assert.Contains(container.Ports, port => port.Name == probe.HttpGet.Port.Value));
        Assert.NotNull(container.Resources.Requests["memory"]);
    }

    [Fact]
    public async Task OnlyTheClusterReachesSilosAndOnlyClientsTheirGateways()
    {
        var policy = (await Build("base")).OfType<V1NetworkPolicy>().Single(policy => policy.Spec.PodSelector.MatchLabels["app.kubernetes.io/name"] == "experiments-silo");

        Assert.Equal(["Ingress"], policy.Spec.PolicyTypes);
        Assert.Equal(["experiments-silo"], Reaching("silo"));
        Assert.Equal(["experiments-dashboard", "experiments-silo", "true"], Reaching("gateway"));
        Assert.Equal(["monitoring"], Reaching("http"));

        IEnumerable<string> Reaching(string port) => policy.Spec.Ingress
            .Where(rule => rule.Ports.Any(open => open.Port.Value == port))
            .SelectMany(rule => rule.FromProperty)
            .SelectMany(peer => (peer.PodSelector ?? peer.NamespaceSelector).MatchLabels.Values)
            .Order();
    }

    [Fact]
    public async Task AMisspeltFieldWouldBeNoticed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "x.yaml"), "apiVersion: v1\nkind: Service\nmetadata: { name: x }\nspec: { selectr: { a: b } }\n", TestContext.Current.CancellationToken);

        Assert.ThrowsAny<Exception>(() => Read(File.ReadAllText(Path.Combine(_folder, "x.yaml"))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<object> Read(string yaml) => KubernetesYaml.LoadAllFromString(yaml, strict: true);

    private static V1Deployment Deployment(IEnumerable<object> all, string name) => all.OfType<V1Deployment>().Single(deployment => deployment.Metadata.Name == name);

    private static IEnumerable<V1EnvVar> Environment(V1Deployment deployment) => deployment.Spec.Template.Spec.Containers.Single().Env;

    private static bool Selects(IDictionary<string, string> selector, V1Deployment deployment) =>
        selector.All(label => deployment.Spec.Template.Metadata.Labels.Contains(label));

    /// <summary>With the settings that the example asks its user for.</summary>
    private async Task<List<object>> Build(string part)
    {
        string copy = Path.Combine(_folder, "kubernetes");
        await Tool.Copy.Run("-r", Repository.Deploy("kubernetes"), copy);
        File.Copy(Path.Combine(copy, "overlays/example/cluster.env.example"), Path.Combine(copy, "overlays/example/cluster.env"), overwrite: true);
        return Read(await Tool.Kubectl.Run("kustomize", Path.Combine(copy, part)));
    }
}
