BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:saved = Clear-AwsEnvironment
}

AfterAll {
    Restore-AwsEnvironment $saved
}

Describe 'Remove-LogDeliveryAlarm' {
    BeforeEach {
        $script:sandbox = Start-Scenario watched-bucket
        $script:aws = Get-SandboxParameter $sandbox
        function Get-Resource { ($sandbox.GetState() | ConvertFrom-Json) | Select-Object -Property alarms, topics, trails, logGroups | ConvertTo-Json -Depth 9 }
        $script:before = Get-Resource
        $null = New-LogDeliveryAlarm DeliveryFailure trail-events -BucketName amzn-s3-demo-other -Email audit@example.com -AddDataEvent -Name refused @aws -Confirm:$false
    }

    AfterEach {
        $sandbox | Stop-LogDeliverySandbox
    }

    It 'removes exactly what was made' {
        Get-LogDeliveryAlarm @aws | Remove-LogDeliveryAlarm @aws -Confirm:$false
        Get-Resource | Should -Be $before
        Get-LogDeliveryAlarm @aws | Should -BeNullOrEmpty
    }

    It 'shows what would go with -WhatIf, and removes nothing' {
        $made = Get-Resource
        Remove-LogDeliveryAlarm refused @aws -WhatIf
        Get-Resource | Should -Be $made
    }

    It 'is an error for an alarm that is not there' {
        Remove-LogDeliveryAlarm none, refused @aws -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlarmNotFound,*'
        Get-LogDeliveryAlarm @aws | Should -BeNullOrEmpty
    }

    It 'keeps the alarm when something before it fails, so that it can be done again' {
        $sandbox.SetFaults('{"operation":"logs:DeleteMetricFilter","deny":true}')
        Remove-LogDeliveryAlarm refused @aws -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlarmIncomplete,*'
        (Get-LogDeliveryAlarm @aws).Name | Should -Be 'refused'
        $sandbox.SetFaults('{}')
        Remove-LogDeliveryAlarm refused @aws -Confirm:$false
        Get-Resource | Should -Be $before
    }
}
