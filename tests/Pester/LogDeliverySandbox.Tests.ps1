BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:scenario = Join-Path $Samples 'scenarios/healthy.json'
}

Describe 'Start-LogDeliverySandbox and Stop-LogDeliverySandbox' {
    It 'says how to reach it' {
        $sandbox = Start-LogDeliverySandbox
        $sandbox.EndpointUrl | Should -Match '^http://127\.0\.0\.1:\d+$'
        $sandbox.AccessKey | Should -Be '111122223333'
        $sandbox.SecretKey | Should -Not -BeNullOrEmpty
        $sandbox.Region | Should -Be 'us-east-1'
        $sandbox.ControlToken | Should -Match '^[0-9a-f]{32}$'
        (Invoke-WebRequest -Uri "$sandbox/_sandbox/state" -Headers @{ 'X-Sandbox-Token' = $sandbox.ControlToken }).StatusCode | Should -Be 200
        $refusal = Invoke-WebRequest -Uri "$sandbox/_sandbox/state" -SkipHttpErrorCheck
        $refusal.StatusCode | Should -Be 403
        $refusal.Content | Should -BeLike '*X-Sandbox-Token*ControlToken*'
        $sandbox | Stop-LogDeliverySandbox
    }

    It 'no longer answers after it was stopped, and may be stopped twice' {
        $sandbox = Start-LogDeliverySandbox
        $sandbox, $sandbox | Stop-LogDeliverySandbox
        Stop-LogDeliverySandbox $sandbox
        $sandbox.IsRunning | Should -BeFalse
        { Invoke-WebRequest -Uri "$sandbox/_sandbox/state" -TimeoutSec 5 } | Should -Throw
    }

    It 'begins with a scenario: by <What>' -ForEach @(
        @{ What = 'path'; Start = { Start-LogDeliverySandbox -Scenario $scenario } }
        @{ What = 'file'; Start = { Get-Item -LiteralPath $scenario | Start-LogDeliverySandbox } }
    ) {
        $sandbox = & $Start
        $sandbox.GetState() | Should -BeLike '*amzn-s3-demo-trail-logs*'
        $sandbox.Reset()
        $sandbox | Stop-LogDeliverySandbox
    }

    It 'lets time pass' {
        $sandbox = Start-LogDeliverySandbox
        $before = $sandbox.Now
        $sandbox.Advance(10)
        ($sandbox.Now - $before).TotalMinutes | Should -Be 10
        $sandbox | Stop-LogDeliverySandbox
    }

    It 'says what is wrong: <Id>' -ForEach @(
        @{ Id = 'FileNotFound'; Start = { Start-LogDeliverySandbox -Scenario ./nowhere.json @quiet } }
        @{ Id = 'InvalidScenario'; Start = { Start-LogDeliverySandbox -Scenario (Join-Path $Samples 'README.md') @quiet } }
        @{ Id = 'PortTaken'; Start = { Start-LogDeliverySandbox -Port ([uri] $other.EndpointUrl).Port @quiet } }
    ) {
        $quiet = @{ ErrorVariable = 'script:errors'; ErrorAction = 'SilentlyContinue' }
        $other = Start-LogDeliverySandbox
        & $Start | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be "$Id,LogDelivery.Commands.StartLogDeliverySandboxCommand"
        $other, $quiet | Should -Not -BeNullOrEmpty
        $other | Stop-LogDeliverySandbox
    }
}
