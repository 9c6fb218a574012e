using Google.Protobuf;
using Tensorboard;

namespace Experiments.TensorBoard.HyperParameters;

/// <summary>A summary that the HParams plugin finds by its tag, and reads from its metadata.</summary>
internal static class HParamsSummary
{
    private const string PluginName = "hparams";

    public static Summary.Types.Value Of(string tag, HParamsPluginData content) => new()
    {
        Tag = tag,
        Metadata = new SummaryMetadata
        {
            PluginData = new SummaryMetadata.Types.PluginData { PluginName = PluginName, Content = content.ToByteString() },
            DataClass = DataClass.Tensor,
        },

        // Nobody reads it, but a summary without a value is passed over.
        Tensor = new TensorProto { Dtype = Tensorboard.DataType.DtFloat, TensorShape = new TensorShapeProto(), FloatVal = { 0 } },
    };
}
