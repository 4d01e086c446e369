BeforeDiscovery {
    Import-Module $env:LOGDELIVERY_MODULE
    $script:Cmdlets = (Get-Command -Module LogDelivery).Name | ForEach-Object { @{ Cmdlet = $_ } }
}

BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
}

Describe 'The help of <Cmdlet>' -ForEach $Cmdlets {
    BeforeAll {
        $script:help = Get-Help $Cmdlet -Full
    }

    It 'has a synopsis and a description of its own' {
        $help.Synopsis | Should -Not -BeLike "*$Cmdlet*"
        $help.Synopsis.Length | Should -BeGreaterThan 20
        "$($help.Description.Text)".Length | Should -BeGreaterThan 80
    }

    It 'describes every parameter, and only those that are there' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $parameters = (Get-Command $Cmdlet).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        @($help.parameters.parameter.name) | Sort-Object | Should -Be $parameters
        foreach ($name in $parameters) {
            (Get-Help $Cmdlet -Parameter $name).description.Text | Should -Not -BeNullOrEmpty -Because "-$name"
        }
    }

    It 'says of every parameter what the binder does' {
        foreach ($parameter in $help.parameters.parameter) {
            $real = (Get-Command $Cmdlet).Parameters[$parameter.name]
            $sets = $real.ParameterSets.Values
            $parameter.pipelineInput -like '*ByPropertyName*' | Should -Be ($sets.ValueFromPipelineByPropertyName -contains $true) -Because $parameter.name
            $parameter.required -eq 'true' | Should -Be ($sets.IsMandatory -contains $true) -Because $parameter.name
            $parameter.aliases | Should -Be $(if ($real.Aliases) { $real.Aliases -join ', ' } else { 'none' }) -Because $parameter.name
        }
    }

    It 'has at least two examples, which run without an error' {
        $examples = (Get-Help $Cmdlet -Examples).examples.example
        @($examples).Count | Should -BeGreaterOrEqual 2
        $page = Get-Content -LiteralPath (Join-Path $PSScriptRoot "../../docs/en-US/$Cmdlet.md") -Raw
        $codes = [regex]::Matches($page, '(?s)```powershell\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }
        @($codes).Count | Should -Be @($examples).Count
        foreach ($code in $codes) {
            $folder = Join-Path $TestDrive ([guid]::NewGuid())
            Copy-Item -LiteralPath $Samples -Destination $folder -Recurse
            Push-Location -LiteralPath $folder
            try {
                $ErrorActionPreference = 'Stop'
                . (Join-Path $PSScriptRoot 'AwsToolsStandIn.ps1')
                { & ([scriptblock]::Create($code)) 3>$null } | Should -Not -Throw -Because $code
            }
            finally {
                Pop-Location
            }
        }
    }
}
