<#
.SYNOPSIS
Runs the Pester suite on the built module, in a PowerShell of its own:
pwsh -NoProfile -File tests/Pester/Invoke-Tests.ps1. Ends with 1 when a test fails, and
with 77 when Pester is not on the machine.
#>
[CmdletBinding()]
param(
    # The files to run; all when not given.
    [string[]] $Path = $PSScriptRoot,

    # The folder of the built module.
    [string] $ModulePath = (Join-Path $PSScriptRoot '../../out/LogDelivery'),

    # Where to write the results as NUnit XML, if anywhere.
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath (Join-Path $ModulePath 'LogDelivery.psd1'))) {
    throw "There is no built module in $ModulePath. Run 'dotnet build' first."
}

if (-not (Get-Module -ListAvailable Pester | Where-Object Version -ge '5.5')) {
    Write-Output 'Pester 5.5 or newer is not on this machine: the tests of the module are skipped.'
    exit 77
}

Import-Module Pester -MinimumVersion 5.5
$env:LOGDELIVERY_MODULE = (Resolve-Path -LiteralPath (Join-Path $ModulePath 'LogDelivery.psd1')).ProviderPath
$PSStyle.OutputRendering = 'PlainText'

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
if ($ResultPath) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputPath = $ResultPath
}

Write-Output "PowerShell $($PSVersionTable.PSVersion) on $([System.Runtime.InteropServices.RuntimeInformation]::FrameworkDescription)"
$result = Invoke-Pester -Configuration $configuration
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
Write-Output "$($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit [int]($failed -gt 0 -or $result.PassedCount -eq 0)
