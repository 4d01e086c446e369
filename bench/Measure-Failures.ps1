<#
.SYNOPSIS
Get-LogDeliveryFailure against ConvertFrom-Json and Where-Object, in one shell, by the clock and by CPU.
.DESCRIPTION
Runs in turn on the same files and prints the median ratio. Both have to find the same number. The corpus is the one that
'dotnet run -c Release --project bench/LogDelivery.Benchmarks -- failures' writes.
#>
[CmdletBinding()]
param(
    # The folder with CloudTrail files.
    [Parameter(Mandatory)]
    [string] $Path,

    # How many of the smallest files to take; ConvertFrom-Json is slow.
    [int] $FileCount = 16,

    [int] $Rounds = 7
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../out/LogDelivery/LogDelivery.psd1')
$files = Get-ChildItem -LiteralPath $Path -File | Sort-Object -Property Length | Select-Object -First $FileCount
$process = [Diagnostics.Process]::GetCurrentProcess()

function Measure-Run {
    param([scriptblock] $Work)
    $process.Refresh()
    $before = $process.TotalProcessorTime
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $count = @(& $Work).Count
    $watch.Stop()
    $process.Refresh()
    [pscustomobject]@{ Count = $count; Clock = $watch.Elapsed.TotalSeconds; Cpu = ($process.TotalProcessorTime - $before).TotalSeconds }
}

function Format-Ratio {
    param([double[]] $Ratio)
    $sorted = @($Ratio | Sort-Object)
    '{0:0} x [{1:0}-{2:0}]' -f $sorted[[int](($sorted.Count - 1) / 2)], $sorted[0], $sorted[-1]
}

$ratios = foreach ($round in 0..$Rounds) {
    $ours = Measure-Run { $files | Get-LogDeliveryFailure }
    $plain = Measure-Run {
        foreach ($file in $files) {
            $gzip = [IO.Compression.GZipStream]::new([IO.File]::OpenRead($file.FullName), [IO.Compression.CompressionMode]::Decompress)
            $reader = [IO.StreamReader]::new([IO.Stream] $gzip)
            ($reader.ReadToEnd() | ConvertFrom-Json).Records | Where-Object { $_.errorCode -and $_.eventName -eq 'PutObject' -and $_.userIdentity.type -eq 'AWSService' }
            $reader.Dispose()
        }
    }
    if ($ours.Count -ne $plain.Count) { throw "$($ours.Count) found, $($plain.Count) expected." }

    # The first round compiles.
    if ($round -gt 0) { [pscustomobject]@{ Clock = $plain.Clock / $ours.Clock; Cpu = $plain.Cpu / $ours.Cpu } }
}

'{0} failed deliveries in {1} files; ConvertFrom-Json | Where-Object takes {2} the time and {3} the CPU of Get-LogDeliveryFailure, n={4}' -f $ours.Count, $files.Count, (Format-Ratio $ratios.Clock), (Format-Ratio $ratios.Cpu), $Rounds
