# The engine is loaded for everybody, so that scripts can name its types; the cmdlets get a load context of their own, so
# that no version of what they need collides with what other modules bring.
#
# The methods of .NET stand for the cmdlets Join-Path, Test-Path and Add-Type here: a new shell would have to load their modules
# first, which takes longer than all the rest.
$folder = [System.IO.Path]::GetFullPath("$PSScriptRoot/../bin")
if (-not [System.IO.Directory]::Exists($folder)) {
    # The module was imported from the sources: take what the build laid out.
    $folder = [System.IO.Path]::GetFullPath("$PSScriptRoot/../out/LogDelivery/bin")
}

$isLoaded = $null -ne ('LogDelivery.LoadContext' -as [type])
if (-not $isLoaded) {
    $null = [System.Reflection.Assembly]::LoadFrom("$folder/LogDelivery.Engine.dll")
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
