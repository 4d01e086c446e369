BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-Scenario renamed-trail
    $script:to = Get-SandboxParameter $sandbox
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Watch-TrailDeliveryHealth' {
    BeforeEach {
        $sandbox.LoadScenario((Get-Content -LiteralPath (Join-Path $Samples 'scenarios/renamed-trail.json') -Raw))
    }

    It 'gives a trail that has not recovered as it is when the time is up, with an error' {
        $health = Watch-TrailDeliveryHealth $Trail @to -Timeout 1 -PollingInterval 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $health.State | Should -Be 'Failing'
        $errors.FullyQualifiedErrorId | Should -Be 'NotRecovered,LogDelivery.Commands.WatchTrailDeliveryHealthCommand'
        $errors.CategoryInfo.Category | Should -Be 'OperationTimeout'
        $errors.TargetObject | Should -Be $Trail
    }

    It 'ends when the policy is repaired and the files arrive' {
        $repair = [powershell]::Create().AddScript({
                param($endpoint, $token, $old, $new)
                Start-Sleep -Seconds 1
                $policy = (Invoke-WebRequest -Uri "$endpoint/amzn-s3-demo-trail-logs?policy").Content
                if ($policy -is [byte[]]) { $policy = [Text.Encoding]::UTF8.GetString($policy) }
                $null = Invoke-WebRequest -Method Put -Uri "$endpoint/amzn-s3-demo-trail-logs?policy" -Body $policy.Replace($old, $new)
                $null = Invoke-WebRequest -Method Post -Headers @{ 'X-Sandbox-Token' = $token } -Uri "$endpoint/_sandbox/advance" -Body '{ "minutes": 65 }'
            }).AddArgument($sandbox.EndpointUrl).AddArgument($sandbox.ControlToken).AddArgument($OldTrail).AddArgument($Trail)
        $repairing = $repair.BeginInvoke()
        $health = Get-TrailDeliveryHealth @to | Watch-TrailDeliveryHealth @to -Timeout 00:00:30 -PollingInterval 0.5 -ErrorVariable errors
        $repair.EndInvoke($repairing)
        $repair.Streams.Error | Should -BeNullOrEmpty
        $repair.Dispose()
        $health.State | Should -Be 'Healthy'
        $errors | Should -BeNullOrEmpty
        $health.Backlog.HasArrived | Should -BeTrue
        $health.Backlog.Files | Should -BeGreaterThan 10
        $health.Explanation | Should -BeLike '*The files held back between * have arrived: * log files.'
        $health | Format-List | Out-String -Width 200 | Should -Match 'Backlog +: The files held back'
    }

    It 'says what is missing of the backlog when the time is up' {
        $repair = [powershell]::Create().AddScript({
                param($endpoint, $token, $old, $new)
                Start-Sleep -Milliseconds 700
                $policy = (Invoke-WebRequest -Uri "$endpoint/amzn-s3-demo-trail-logs?policy").Content
                if ($policy -is [byte[]]) { $policy = [Text.Encoding]::UTF8.GetString($policy) }
                $null = Invoke-WebRequest -Method Put -Uri "$endpoint/amzn-s3-demo-trail-logs?policy" -Body $policy.Replace($old, $new)
                $null = Invoke-WebRequest -Method Post -Headers @{ 'X-Sandbox-Token' = $token } -Uri "$endpoint/_sandbox/faults" -Body '{ "operation": "ListObjectsV2", "deny": true }'
                $null = Invoke-WebRequest -Method Post -Headers @{ 'X-Sandbox-Token' = $token } -Uri "$endpoint/_sandbox/advance" -Body '{ "minutes": 65 }'
            }).AddArgument($sandbox.EndpointUrl).AddArgument($sandbox.ControlToken).AddArgument($OldTrail).AddArgument($Trail)
        $repairing = $repair.BeginInvoke()
        $health = Watch-TrailDeliveryHealth $Trail @to -Timeout 30 -PollingInterval 0.5
        $repair.EndInvoke($repairing)
        $repair.Dispose()
        $health.State | Should -Be 'Healthy'
        $health.Backlog.HasArrived | Should -BeNullOrEmpty
        $health.Backlog.Problem | Should -Be 's3:ListBucket is missing.'
    }

    It 'does not look for the backlog when told so' {
        $health = Watch-TrailDeliveryHealth $OldTrail @to -Timeout 1 -PollingInterval 1 -SkipBacklog -ErrorAction SilentlyContinue
        $health.Backlog | Should -BeNullOrEmpty
    }

    It 'puts up with throttling' {
        $sandbox.LoadScenario((Get-Content -LiteralPath (Join-Path $Samples 'scenarios/healthy.json') -Raw))
        $sandbox.SetFaults('{ "rules": [ { "operation": "GetTrailStatus", "throttleRate": 1, "times": 2 } ] }')
        (Watch-TrailDeliveryHealth management @to -Timeout 20 -PollingInterval 1).State | Should -Be 'Healthy'
    }

    It 'does not wait for a trail that is not there' {
        $elapsed = Measure-Command { Watch-TrailDeliveryHealth nowhere @to -Timeout 30 -ErrorVariable script:errors -ErrorAction SilentlyContinue }
        $errors.FullyQualifiedErrorId | Should -BeLike 'TrailNotFound,*'
        $elapsed.TotalSeconds | Should -BeLessThan 20
    }

    It 'refuses a pause of nothing' {
        { Watch-TrailDeliveryHealth x @to -PollingInterval 0 } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'stops at once when the pipeline is stopped' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $to, $trail) Import-Module $module; Watch-TrailDeliveryHealth $trail @to').AddArgument($env:LOGDELIVERY_MODULE).AddArgument($to).AddArgument($Trail)
        $running = $shell.BeginInvoke()
        Start-Sleep -Seconds 2
        $running.IsCompleted | Should -BeFalse
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}
