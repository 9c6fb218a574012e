namespace Experiments.Training.Data;

/// <summary>The datasets known by name.</summary>
public static class BuiltInDatasets
{
    /// <summary>Zalando's Fashion-MNIST: 60,000 training and 10,000 test images of 28 × 28, 10 classes of equal size.</summary>
    public static BuiltInDataset FashionMnist { get; } = new()
    {
        Name = DatasetReference.FashionMnist,
        Classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        ImageSize = new ImageSize(28, 28),
        Train = new BuiltInImages
        {
            Images = new("train-images-idx3-ubyte.gz", 47_040_016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            Labels = new("train-labels-idx1-ubyte.gz", 60_008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            Csv = "fashion-mnist_train.csv",
            PerClass = 6_000,
        },
        Test = new BuiltInImages
        {
            Images = new("t10k-images-idx3-ubyte.gz", 7_840_016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            Labels = new("t10k-labels-idx1-ubyte.gz", 10_008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            Csv = "fashion-mnist_test.csv",
            PerClass = 1_000,
        },
        Sha256 = "92a036e2ebe86068c778d5fa3ab35af84ac50c4560456866973448edcbfd516c",
        Upstream = new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        DebianPackage = "dataset-fashion-mnist",
    };
}
