BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:OlderSdk = (Resolve-Path -Path (Join-Path $PSScriptRoot '../../out/test-assets/older-sdk/AWSSDK.Core.dll')).ProviderPath
    $script:ownSdk = [Diagnostics.FileVersionInfo]::GetVersionInfo((Join-Path (Split-Path $env:LOGDELIVERY_MODULE) 'bin/AWSSDK.Core.dll')).FileVersion
    $script:policy = Join-Path $Samples 'renamed-trail.json'
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-Scenario renamed-trail
    $script:ask = "Get-TrailDeliveryHealth -Region us-east-1 -AccessKey a -SecretKey b -EndpointUrl $($sandbox.EndpointUrl)"
    $script:manifest = Test-ModuleManifest -Path $env:LOGDELIVERY_MODULE
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Loading the module' {
    It 'imports again and again with -Force, with all its cmdlets' {
        $count = Invoke-Child "Import-Module '$env:LOGDELIVERY_MODULE' -Force; Import-Module '$env:LOGDELIVERY_MODULE' -Force; (Get-Command -Module LogDelivery).Count; (Get-LogDeliverySource CloudTrail).Id"
        $count.Trim() -split '\s+' | Should -Be $manifest.ExportedCmdlets.Count, 'CloudTrail'
    }

    It 'imports again after Remove-Module' {
        $id = Invoke-Child "Remove-Module LogDelivery; Import-Module '$env:LOGDELIVERY_MODULE'; (Get-LogDeliverySource CloudTrail).Id"
        $id.Trim() | Should -Be 'CloudTrail'
    }

    It 'loads by itself when a cmdlet is called' {
        $id = Invoke-Shell "`$env:PSModulePath = '$(Split-Path (Split-Path $env:LOGDELIVERY_MODULE))'; (Get-LogDeliverySource CloudTrail).Id"
        $id | Should -Be 'CloudTrail'
    }

    It 'works in several runspaces at once' {
        $ids = 1..4 | ForEach-Object -Parallel {
            Import-Module $env:LOGDELIVERY_MODULE
            (Get-LogDeliverySource CloudTrail).Id
        } -ThrottleLimit 4
        $ids | Should -Be 'CloudTrail', 'CloudTrail', 'CloudTrail', 'CloudTrail'
    }

    It 'keeps the cmdlets out of the load context of everybody' {
        $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([LogDelivery.LoadContext]::Initialize())
        $context.Name | Should -Be 'LogDelivery'
        $engine = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([LogDelivery.PolicyTestRow].Assembly)
        $engine | Should -Be ([System.Runtime.Loader.AssemblyLoadContext]::Default)
    }

    It 'loads nothing of the SDK before AWS is asked, and then not for everybody' {
        $list = "[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -match '^(AWSSDK|LogDelivery\.(Aws|Sandbox))' } | ForEach-Object { `$_.GetName().Name + ' in ' + [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name } | Sort-Object"
        $sandbox.SetFaults('{ "rules": [ { "operation": "DescribeTrails", "deny": true } ] }')
        $shown = Invoke-Child "'before'; $list; $ask -ErrorAction SilentlyContinue; 'after'; $list"
        $sandbox.SetFaults('{}')
        $shown.Trim() -split '\n' | Should -Be 'before', 'after', 'AWSSDK.Core in LogDelivery', 'LogDelivery.Aws in LogDelivery'
    }

    It 'works beside another AWSSDK.Core that is loaded <When>' -ForEach @(
        @{ When = 'before'; Order = { param($load, $call) "$load; $call" } }
        @{ When = 'after'; Order = { param($load, $call) "$call; $load; $call" } }
    ) {
        $other = Join-Path $TestDrive "$When/AWSSDK.Core.dll"
        $null = New-Item -ItemType Directory -Path (Split-Path $other)
        $load = "Add-Type -TypeDefinition 'namespace Amazon.Runtime { public class AWSCredentials { public string Mark() => nameof(Mark); } }' -OutputAssembly '$other'; Add-Type -Path '$other'; [Amazon.Runtime.AWSCredentials]::new().Mark()"
        $shown = Invoke-Child (& $Order $load "($ask).State")
        $shown.Trim() -split '\n' | Select-Object -Last 2 | Sort-Object | Should -Be 'Failing', 'Mark'
    }

    It 'works beside an older AWSSDK.Core that is loaded <When>, which stays as it was' -ForEach @(
        @{ When = 'before'; Order = { param($load, $ask) "$load; $ask" } }
        @{ When = 'after'; Order = { param($load, $ask) "`$null = Get-TrailDeliveryHealth @to; $load; $ask" } }
    ) {
        # Credentials of the shell's SDK go into a cmdlet that has another one.
        $start = "`$s = Start-LogDeliverySandbox -Scenario '$Samples/scenarios/renamed-trail.json'; `$to = @{ EndpointUrl = `$s.EndpointUrl; Region = 'us-east-1'; AccessKey = 'a'; SecretKey = 'b' }"
        $load = "Add-Type -Path '$OlderSdk'; `$keys = [Amazon.Runtime.BasicAWSCredentials]::new('111122223333', 'secret')"
        $withThem = @(
            "`$to.Remove('AccessKey'); `$to.Remove('SecretKey')"
            "(Get-TrailDeliveryHealth @to -Credential `$keys).State"
            "`$keys.GetCredentials().AccessKey"
            "[Amazon.Runtime.BasicAWSCredentials].Assembly.Location"
            "`$cores = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'AWSSDK.Core' }"
            "`$cores | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name + ' ' + [Diagnostics.FileVersionInfo]::GetVersionInfo(`$_.Location).FileVersion } | Sort-Object"
            '$s | Stop-LogDeliverySandbox'
        ) -join '; '
        $shown = Invoke-Child "$start; $(& $Order $load $withThem)"
        $shown.Trim() -split '\n' | Should -Be 'Failing', '111122223333', $OlderSdk, 'Default 4.0.3.3', "LogDelivery $ownSdk"
    }

    It 'works in ConstrainedLanguage' {
        $shown = Invoke-Child "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; Test-LogDeliveryBucketPolicy -TrailArn '$Trail' -BucketName $TrailBucket -Path '$policy' | Out-String; Test-LogDeliveryAccess -Path '$policy' -Principal '*' -Action s3:GetObject -Resource arn:aws:s3:::$TrailBucket/k -Context @{ 'aws:SecureTransport' = `$false } | Format-List; (Repair-LogDeliveryPolicy -TrailArn '$Trail' -BucketName $TrailBucket -Path '$policy' -PassThru | Out-String)"
        $shown | Should -BeLike '*ImplicitDeny*Verdict*ExplicitDeny*Repair*Complete*'
        $shown | Should -Not -BeLike '*language*'
    }

    It 'asks AWS in ConstrainedLanguage' {
        $shown = Invoke-Child "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; `$s = Start-LogDeliverySandbox -Scenario '$Samples/scenarios/renamed-trail.json'; `$s | Get-TrailDeliveryHealth | Format-Table | Out-String -Width 150; `$s | Get-TrailDeliveryHealth | Format-List | Out-String; `$s | Stop-LogDeliverySandbox"
        $shown | Should -BeLike '*Failing*organization*LD0003*State*Failing*Remedy*'
        $shown | Should -Not -BeLike '*language*'
    }
}
