# What the tests share. The module is the built one; Invoke-Tests.ps1 says where it is.

Import-Module $env:LOGDELIVERY_MODULE

$script:Samples = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../../samples')).ProviderPath
$script:Trail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/organization'
$script:OldTrail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/management'
$script:TrailBucket = 'amzn-s3-demo-trail-logs'

# The trail of the sample renamed-trail.json, as Get-CTTrail gives it.
function New-TrailObject {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Makes an object only.')]
    param([string] $Arn = $script:Trail, [hashtable] $With = @{})
    $trail = [ordered]@{
        Name                = ($Arn -split '/')[-1]
        TrailARN            = $Arn
        S3BucketName        = $script:TrailBucket
        S3KeyPrefix         = $null
        KmsKeyId            = $null
        HomeRegion          = 'us-east-1'
        IsOrganizationTrail = $false
    }
    foreach ($key in $With.Keys) { $trail[$key] = $With[$key] }
    [pscustomobject] $trail
}

# What the Tab key offers.
function Get-Completion {
    param([string] $Line)
    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
}

# Runs a script in another process of the very shell that runs the suite, which the PATH need not know. As a tool of .NET it is
# no program of its own, but a library that dotnet runs.
function Invoke-Shell {
    param([string] $Script)
    $program = [Environment]::ProcessPath
    $library = @(if ((Split-Path -Path $program -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    $null | & $program @library -NoProfile -NonInteractive -Command $Script 2>&1
}

# The same with the module imported and without colours: gives what is printed as one text.
function Invoke-Child {
    param([string] $Script)
    $lines = Invoke-Shell "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$env:LOGDELIVERY_MODULE'; $Script"
    ($lines | Out-String) -replace '\r', ''
}

# A sandbox with one of the scenarios of the samples.
function Start-Scenario {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Starts something that the test ends.')]
    param([string] $Name)
    Start-LogDeliverySandbox -Scenario (Join-Path $script:Samples "scenarios/$Name.json")
}

# The parameters that reach a sandbox.
function Get-SandboxParameter {
    param([object] $Sandbox)
    @{ EndpointUrl = $Sandbox.EndpointUrl; AccessKey = $Sandbox.AccessKey; SecretKey = $Sandbox.SecretKey; Region = $Sandbox.Region }
}

# What of the environment could reach AWS: gone, and given back by the hashtable that is returned.
function Clear-AwsEnvironment {
    $saved = @{}
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys -like 'AWS_*') {
        $saved[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }

    $env:AWS_EC2_METADATA_DISABLED = 'true'
    $env:AWS_SHARED_CREDENTIALS_FILE = Join-Path ([IO.Path]::GetTempPath()) 'no-such-file'
    $env:AWS_CONFIG_FILE = $env:AWS_SHARED_CREDENTIALS_FILE
    $saved
}

function Restore-AwsEnvironment {
    param([hashtable] $Saved)
    foreach ($name in [Environment]::GetEnvironmentVariables().Keys -like 'AWS_*') { [Environment]::SetEnvironmentVariable($name, $null) }
    foreach ($name in $Saved.Keys) { [Environment]::SetEnvironmentVariable($name, $Saved[$name]) }
}
