BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:saved = Clear-AwsEnvironment
    $script:sandbox = Start-Scenario watched-bucket
    $script:aws = Get-SandboxParameter $sandbox
    $null = New-LogDeliveryAlarm DeliveryFailure trail-events -BucketName amzn-s3-demo-flow-logs -Email audit@example.com @aws -Confirm:$false
    $null = New-LogDeliveryAlarm SigV2Use trail-events -BucketName amzn-s3-demo-flow-logs -Name old-signatures @aws -Confirm:$false -WarningAction SilentlyContinue
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $saved
}

Describe 'Get-LogDeliveryAlarm' {
    It 'gives all alarms, or those of a name' {
        (Get-LogDeliveryAlarm @aws).Name | Should -Be 'LogDelivery-DeliveryFailure-amzn-s3-demo-flow-logs', 'old-signatures'
        (Get-LogDeliveryAlarm 'OLD-*' @aws).Preset | Should -Be 'SigV2Use'
        ('old-signatures' | Get-LogDeliveryAlarm @aws).Preset | Should -Be 'SigV2Use'
    }

    It 'is an error for a name that is not there, and the others go on' {
        (Get-LogDeliveryAlarm none, old-signatures @aws -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'old-signatures'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlarmNotFound,*'
        $problems[0].TargetObject | Should -Be 'none'
    }

    It 'says who listens, and who has not confirmed' {
        $alarm = Get-LogDeliveryAlarm 'LogDelivery-*' @aws
        $alarm.Subscriptions.Endpoint | Should -Be 'audit@example.com'
        $alarm.Findings.Id | Should -Be 'LD0143'
        $alarm.Findings.Evidence | Should -BeLike '*audit@example.com*'
    }

    It 'tries the patterns on events that happened' {
        $file = Join-Path $TestDrive 'sample.jsonl'
        Set-Content -LiteralPath $file -Value '{"eventSource":"s3.amazonaws.com","eventName":"PutObject","userIdentity":{"type":"AssumedRole"},"errorCode":"AccessDenied","requestParameters":{"bucketName":"amzn-s3-demo-flow-logs"}}'
        $alarm = Get-LogDeliveryAlarm 'LogDelivery-*' -SamplePath $file @aws
        $alarm.CatchesKnownFailures | Should -BeFalse
        ($alarm.Findings | Where-Object Id -eq 'LD0144').Evidence | Should -BeLike '*sample.jsonl #1*'
    }

    It 'shows a table and a list' {
        Get-LogDeliveryAlarm @aws | Out-String -Width 160 | Should -Match '(?m)^INSUFFICIENT_DATA +old-signatures +SigV2Use +3 of 3 +LD0143'
        Get-LogDeliveryAlarm 'LogDelivery-*' @aws | Format-List | Out-String -Width 160 | Should -Match 'audit@example.com \(not confirmed\)'
    }

    It 'gives objects that a script can make, too' {
        ([LogDelivery.LogDeliveryAlarm] @{ Name = 'a'; State = 'OK' }).ToString() | Should -Be 'a: OK'
    }

    It 'names the permission that is missing' {
        $sandbox.SetFaults('{"operation":"cloudwatch:DescribeAlarms","deny":true}')
        Get-LogDeliveryAlarm @aws -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $sandbox.SetFaults('{}')
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*cloudwatch:DescribeAlarms*'
    }
}
