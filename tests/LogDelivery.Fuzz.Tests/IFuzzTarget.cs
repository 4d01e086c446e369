namespace LogDelivery.Fuzz.Tests;

/// <summary>A reader of what others write. Every class that implements this is tried, without being named anywhere.</summary>
internal interface IFuzzTarget
{
    /// <summary>The name, which is also that of the folder of its corpus.</summary>
    string Name { get; }

    /// <summary>How many of all inputs the reader gets, in proportion to the others: less for those that take long.</summary>
    int Share => 20;

    /// <summary>Inputs to begin with: whole ones, so that damage reaches far into the reader.</summary>
    IEnumerable<byte[]> Seeds { get; }

    /// <summary>Faults that are known and not mended yet. They are counted, and a fault beside them still fails.</summary>
    IEnumerable<KnownFault> Known => [];

    /// <summary>Reads an input, as the product would.</summary>
    /// <param name="input">The input.</param>
    /// <param name="screen">Takes what people would be shown.</param>
    void Run(byte[] input, Screen screen);

    /// <summary>Whether the reader says in its documentation that it throws this.</summary>
    bool IsDocumented(Exception exception) => false;
}
