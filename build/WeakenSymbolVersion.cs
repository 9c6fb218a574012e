using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks one required symbol version weak (VER_FLG_WEAK in vna_flags of its entry in
/// the section SHT_GNU_verneed), so that the dynamic loader accepts a system library without that version. A file without the entry,
/// or with the entry already weak, is copied as it is. Source: Linux Standard Base, "Symbol Versioning"; System V ABI, "ELF header".
/// </summary>
public sealed class WeakenSymbolVersion : Task
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const byte Weak = 2;

    [Required]
    public string Source { get; set; } = "";

    [Required]
    public string Destination { get; set; } = "";

    [Required]
    public string SymbolVersion { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            byte[] file = File.ReadAllBytes(Source);
            int flags = FindFlags(file, SymbolVersion);
            if (flags >= 0)
            {
                file[flags] |= Weak;
            }

            // Several projects build at once: each writes a file of its own and renames it, so that nobody links half a library.
            string folder = Path.GetDirectoryName(Path.GetFullPath(Destination));
            Directory.CreateDirectory(folder);
            string temporary = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".tmp");
            File.WriteAllBytes(temporary, file);
            if (File.Exists(Destination))
            {
                File.Delete(Destination);
            }

            File.Move(temporary, Destination);
            return true;
        }
        catch (Exception error) when (error is IOException || error is UnauthorizedAccessException || error is ArgumentException)
        {
            Log.LogError("Cannot make {0} loadable: {1}", Source, error.Message);
            return false;
        }
    }

    /// <summary>Offset of the low byte of vna_flags of the entry that requires the version, or -1 where no entry does.</summary>
    private static int FindFlags(byte[] file, string version)
    {
        bool elf64LittleEndian = file.Length >= 64 && BitConverter.ToUInt32(file, 0) == 0x464c457f && file[4] == 2 && file[5] == 1;
        if (!elf64LittleEndian)
        {
            return -1;
        }

        long sections = BitConverter.ToInt64(file, 0x28);
        int size = BitConverter.ToUInt16(file, 0x3a);
        int count = BitConverter.ToUInt16(file, 0x3c);
        for (int i = 0; i < count; i++)
        {
            int section = checked((int)(sections + (i * size)));
            if (BitConverter.ToUInt32(file, section + 4) != SectionTypeVersionNeeds)
            {
                continue;
            }

            int strings = checked((int)BitConverter.ToInt64(file, (int)sections + (BitConverter.ToInt32(file, section + 40) * size) + 24));
            int need = checked((int)BitConverter.ToInt64(file, section + 24));
            for (int needs = BitConverter.ToInt32(file, section + 44); needs > 0; needs--)
            {
                int entry = need + BitConverter.ToInt32(file, need + 8);
                for (int entries = BitConverter.ToUInt16(file, need + 2); entries > 0; entries--)
                {
                    if (NameAt(file, strings + BitConverter.ToInt32(file, entry + 8)) == version)
                    {
                        return entry + 4;
                    }

                    entry += BitConverter.ToInt32(file, entry + 12);
                }

                need += BitConverter.ToInt32(file, need + 12);
            }
        }

        return -1;
    }

    private static string NameAt(byte[] file, int start) =>
        Encoding.ASCII.GetString(file, start, Array.IndexOf(file, (byte)0, start) - start);
}
