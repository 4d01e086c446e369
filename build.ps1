#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, shows and packages LogDelivery.
.DESCRIPTION
Build lays out the importable module in out/LogDelivery. Test runs everything, the Pester suite included. Demo runs
the main job on the samples. Package writes the module as a zip file into out.
.EXAMPLE
./build.ps1 Build
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    param([string[]] $ArgumentList)

    & dotnet @ArgumentList
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($ArgumentList -join ' ') failed with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' {
            Invoke-DotNet -ArgumentList 'build', '--configuration', $Configuration
        }
        'Test' {
            Invoke-DotNet -ArgumentList 'test', '--configuration', $Configuration
        }
        'Demo' {
            Invoke-DotNet -ArgumentList 'run', '--configuration', $Configuration, '--project', 'src/LogDelivery.Cli', '--', 'demo'
        }
        'Package' {
            Invoke-DotNet -ArgumentList 'build', '--configuration', 'Release'
            $manifest = Import-PowerShellDataFile -Path 'out/LogDelivery/LogDelivery.psd1'
            $archive = "out/LogDelivery.$($manifest.ModuleVersion).zip"
            if (Test-Path -LiteralPath $archive) {
                Remove-Item -LiteralPath $archive
            }

            # Compress-Archive is a module that a minimal shell may lack; .NET has the same in the box.
            [System.IO.Compression.ZipFile]::CreateFromDirectory((Resolve-Path 'out/LogDelivery').Path, (Join-Path $PWD $archive))
            Get-Item -LiteralPath $archive
        }
    }
}
finally {
    Pop-Location
}
