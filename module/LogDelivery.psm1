# The engine is loaded for everybody, so that scripts can name its types; the cmdlets get a load context of their own, so
# that no version of what they need collides with what other modules bring.
$folder = Join-Path (Split-Path $PSScriptRoot) 'bin'
if (-not (Test-Path -LiteralPath $folder)) {
    # The module was imported from the sources: take what the build laid out.
    $folder = Join-Path (Split-Path $PSScriptRoot) 'out/LogDelivery/bin'
}

$isLoaded = $null -ne ('LogDelivery.LoadContext' -as [type])
if (-not $isLoaded) {
    Add-Type -Path (Join-Path $folder 'LogDelivery.Engine.dll')
}

$commands = Import-Module -Assembly ([LogDelivery.LoadContext]::Initialize()) -PassThru

# An assembly that PowerShell has seen before exports nothing to a module that is imported again (PowerShell issue 20710).
# There is no public way to make up for it.
if ($isLoaded) {
    $export = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $commands.ExportedCmdlets.Values) {
        $export.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}
