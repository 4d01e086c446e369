<#
.SYNOPSIS
Runs the Pester suite on the built module, in a PowerShell of its own:
dotnet tool restore; dotnet pwsh -NoProfile -File tests/Pester/Invoke-Tests.ps1. Ends with 1 when a test fails.
#>
[CmdletBinding()]
param(
    # The files to run; all when not given.
    [string[]] $Path = $PSScriptRoot,

    # The folder of the built module.
    [string] $ModulePath = (Join-Path $PSScriptRoot '../../out/LogDelivery'),

    # Where to write the results as NUnit XML, if anywhere.
    [string] $ResultPath,

    # A pipe that names the files of this folder to run, one a line, until it is closed. 'dotnet test' is at its other end.
    [string] $PipeName,

    # What the line starts with that ends the output of each file of the pipe; the counts of passed, failed and skipped tests follow.
    [string] $EndOfFile
)

$ErrorActionPreference = 'Stop'

function Find-Built {
    param([string] $Manifest)
    if (-not (Test-Path -LiteralPath $Manifest)) {
        throw "There is no $Manifest. Run 'dotnet build' first."
    }

    (Resolve-Path -LiteralPath $Manifest).ProviderPath
}

function Invoke-File {
    param([string[]] $File)
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $File
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    if ($ResultPath) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputPath = $ResultPath
    }

    $run = Invoke-Pester -Configuration $configuration
    [pscustomobject] @{
        Passed  = $run.PassedCount
        Failed  = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
        Skipped = $run.SkippedCount
    }
}

$env:LOGDELIVERY_MODULE = Find-Built (Join-Path $ModulePath 'LogDelivery.psd1')
Import-Module (Find-Built (Join-Path $PSScriptRoot '../../out/test-assets/Pester/Pester.psd1'))
$PSStyle.OutputRendering = 'PlainText'

if ($PipeName) {
    $pipe = [System.IO.Pipes.NamedPipeClientStream]::new('.', $PipeName, [System.IO.Pipes.PipeDirection]::In)
    $pipe.Connect(60000)
    $names = [System.IO.StreamReader]::new($pipe)
    while ($name = $names.ReadLine()) {
        $result = Invoke-File (Join-Path $PSScriptRoot $name)
        [Console]::Out.WriteLine("$EndOfFile$($result.Passed) $($result.Failed) $($result.Skipped)")
    }

    exit 0
}

Write-Output "PowerShell $($PSVersionTable.PSVersion) on $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
$result = Invoke-File $Path
Write-Output "$($result.Passed) passed, $($result.Failed) failed, $($result.Skipped) skipped"
exit [int]($result.Failed -gt 0 -or $result.Passed -eq 0)
