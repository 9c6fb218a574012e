using Xunit;

namespace Experiments.GridFiles.Tests;

/// <summary>What the grid file says of a training: optimizers, schedules, early stopping and augmentation.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void EveryKeyIsRead() =>
        Assert.Equal(
            new TrainingConfig
            {
                Optimizer = Optimizer.Sgd, Momentum = 0.9, WeightDecay = 1e-4, LabelSmoothing = 0.1,
                Schedule = new LearningRateSchedule { Kind = LearningRateDecay.Step, Warmup = 2, Every = 20, Factor = 0.5 },
                EarlyStopping = new EarlyStopping { Patience = 5, Monitor = MonitoredMetric.ValidationAccuracy, RestoreBest = true },
                Augmentation = new Augmentation { Shift = 3, Flip = true },
            },
            Training("""
                training:
                  optimizer: sgd
                  momentum: 0.9
                  weightDecay: 0.0001
                  labelSmoothing: 0.1
                  schedule: { kind: step, warmup: 2, every: 20, factor: 0.5 }
                  earlyStopping: { patience: 5, monitor: 'validationAccuracy', restoreBest: true }
                  augmentation: { shift: 3, flip: True }
                """));

    [Fact]
    public void AWordOrANumberAloneIsTheKindOrThePatience() =>
        Assert.Equal(
            new TrainingConfig { Schedule = new LearningRateSchedule { Kind = LearningRateDecay.Cosine }, EarlyStopping = new EarlyStopping { Patience = 5 } },
            Training("training: { schedule: cosine, earlyStopping: 5 }"));

    [Fact]
    public void AnExperimentOverridesSingleValuesOfASection()
    {
        GridDefinition grid = Some.Definition(Some.Experiments(
            "- { name: a, training: { schedule: constant } }\n- { name: b, training: { schedule: { every: 7 } } }", "training: { schedule: { kind: step, warmup: 3 } }"));

        Assert.Equal(new LearningRateSchedule { Warmup = 3 }, grid.Experiments[0].Config.Training.Schedule);
        Assert.Equal(new LearningRateSchedule { Kind = LearningRateDecay.Step, Warmup = 3, Every = 7 }, grid.Experiments[1].Config.Training.Schedule);
    }

    [Fact]
    public void EveryKeyMayBeVaried()
    {
        Assert.Equal(
            ["a-optimizer=adam", "a-optimizer=adamw", "a-optimizer=sgd"], Some.Names(Some.Grid("matrix: { training.optimizer: [adam, adamw, sgd] }")));
        Assert.Equal(
            ["a-kind=constant-flip=true", "a-kind=constant-flip=false", "a-kind=cosine-flip=true", "a-kind=cosine-flip=false"],
            Some.Names(Some.Grid("matrix: { training.schedule.kind: [constant, cosine], training.augmentation.flip: [true, false] }")));
        Assert.Equal(["a-schedule=step-earlyStopping=0-every=5"], Some.Names(Some.Grid("matrix: { training.schedule: [step], training.earlyStopping: [0], training.schedule.every: [5] }")));
    }

    [Fact]
    public void AnOptionWinsOverTheShortFormAndTheLong()
    {
        TrainingConfig Set(string training, string option) => Some.Definition(Some.Grid(training), option).Experiments[0].Config.Training;

        Assert.Equal(LearningRateDecay.Cosine, Set("training: { schedule: { kind: step, warmup: 2 } }", "training.schedule=cosine").Schedule.Kind);
        Assert.Equal(2, Set("training: { schedule: { kind: step, warmup: 2 } }", "training.schedule=cosine").Schedule.Warmup);
        Assert.Equal(LearningRateDecay.Cosine, Set("training: { schedule: step }", "training.schedule.kind=cosine").Schedule.Kind);
        Assert.True(Set("", "training.augmentation.flip=true").Augmentation.Flip);
        Assert.Equal(["a-schedule=cosine"], Some.Names(Some.Grid("matrix: { training.schedule: [step, constant] }"), "training.schedule.kind=cosine"));
    }

    [Theory]
    [InlineData("optimizer: rmsprop", "optimizer: is rmsprop; wanted is adam, adamw or sgd.")]
    [InlineData("optimizer: Adam", "optimizer: is Adam; wanted is adam, adamw or sgd.")]
    [InlineData("momentum: 1", "momentum: is 1; wanted is a share of at least 0 and below 1.")]
    [InlineData("weightDecay: -1", "weightDecay: is -1; wanted is a finite number from 0.")]
    [InlineData("weightDecay: 1e999", "weightDecay: is 1e999; wanted is a finite number from 0.")]
    [InlineData("labelSmoothing: 1", "labelSmoothing: is 1; wanted is a share of at least 0 and below 1.")]
    [InlineData("schedule: linear", "schedule: is linear; wanted is constant, step or cosine, or a map of kind, warmup, every, factor.")]
    [InlineData("schedule: { every: 0 }", "schedule.every: is 0; wanted is a whole number from 1 to 100,000.")]
    [InlineData("schedule: { factor: 1.5 }", "schedule.factor: is 1.5; wanted is a number above 0, at most 1.")]
    [InlineData("schedule: { warmups: 1 }", "schedule.warmups: unknown key; did you mean 'warmup'? Allowed: kind, warmup, every, factor.", 2)]
    [InlineData("earlyStopping: soon", "earlyStopping: is soon; wanted is a whole number from 0 to 100,000, or a map of patience, monitor, restoreBest.")]
    [InlineData("earlyStopping: { monitor: loss }", "earlyStopping.monitor: is loss; wanted is validationLoss or validationAccuracy.")]
    [InlineData("earlyStopping: { restoreBest: yes }", "earlyStopping.restoreBest: is yes; wanted is true or false.")]
    [InlineData("augmentation: true", "augmentation: is true; wanted is a map of shift, flip.")]
    [InlineData("augmentation: { shift: 256 }", "augmentation.shift: is 256; wanted is a whole number from 0 to 255.")]
    [InlineData("augmentation: { flip: 'true' }", "augmentation.flip: \"true\" in quotes is text; write it without quotes.")]
    public void WhatIsWrongIsToldWhatIsAllowed(string line, string message, int before = 0) =>
        Assert.Equal(
            $"grid.yaml:5:{(before == 0 ? "training: { ".Length + line.LastIndexOf(": ", StringComparison.Ordinal) + 3 : "training: { ".Length + line.IndexOf('{', StringComparison.Ordinal) + 3)}: training.{message}",
            Some.Fault(Some.Grid($"training: {{ {line} }}")));

    [Fact]
    public void WhatTwoKeysOfAMatrixSetIsAFault() =>
        Assert.Equal(
            "grid.yaml:5:11: matrix.training.schedule: the matrix key training.schedule.kind in line 5 sets it too; keep one.",
            Some.Fault(Some.Grid("matrix: { training.schedule: [step], training.schedule.kind: [cosine] }")));

    [Theory]
    [InlineData("momentum: 0.9", "training.momentum: has no effect on 'a', whose training.optimizer is adam; leave it out, or set training.optimizer: sgd.")]
    [InlineData("schedule: { kind: cosine, every: 5 }", "training.schedule.every: has no effect on 'a', whose training.schedule.kind is cosine; leave it out, or set training.schedule.kind: step.")]
    [InlineData("schedule: { factor: 0.1 }", "training.schedule.factor: has no effect on 'a', whose training.schedule.kind is constant; leave it out, or set training.schedule.kind: step.")]
    public void AKeyWithoutEffectIsAFault(string training, string message) =>
        Assert.Equal($"grid.yaml:5:{"training: { ".Length + training.LastIndexOf(": ", StringComparison.Ordinal) + 3}: {message}", Some.Fault(Some.Grid($"training: {{ {training} }}")));

    [Fact]
    public void AValueThatServesOneOfManyExperimentsIsNoFault() =>
        Assert.Equal(["a-optimizer=adam", "a-optimizer=sgd"], Some.Names(Some.Grid("training: { momentum: 0.9 }\nmatrix: { training.optimizer: [adam, sgd] }")));

    [Fact]
    public void AValueOfAMatrixHasAnEffectInEveryExperimentItMakes() =>
        Assert.Equal(
            "grid.yaml:5:64: training.momentum: has no effect on 'a-optimizer=adam-momentum=0.9-seed=1', whose training.optimizer is adam; leave it out, or set training.optimizer: sgd.",
            Some.Fault(Some.Grid("matrix: { training.optimizer: [adam, sgd], training.momentum: [0.9], training.seed: [1, 2] }")));

    [Fact]
    public void NoMomentumIsNoFaultWithAnyOptimizer() =>
        Assert.Equal(3, Some.Names(Some.Experiments("- { name: a, matrix: { training.optimizer: [adam, sgd], training.momentum: [0] } }\n- { name: b, training: { optimizer: sgd, momentum: 0.5 } }")).Length);

    private static TrainingConfig Training(string yaml) => Some.Definition(Some.Grid(yaml)).Experiments[0].Config.Training;
}
