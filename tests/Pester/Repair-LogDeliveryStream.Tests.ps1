BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-Scenario login-stream
    $script:to = Get-SandboxParameter $sandbox
    $script:group = '/aws/cloudtrail/management-event'
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Repair-LogDeliveryStream' {
    BeforeAll {
        $script:backups = Join-Path ([IO.Path]::GetTempPath()) "backups-$([guid]::NewGuid())"
    }

    AfterAll {
        if (Test-Path -LiteralPath $backups) { Remove-Item -LiteralPath $backups -Recurse -Force }
    }

    It 'shows what it would change and writes nothing' {
        Repair-LogDeliveryStream console-login @to -BackupFolder $backups -WhatIf
        (Test-LogDeliveryStream console-login @to | Where-Object State -EQ Broken).Link | Should -Be 'KeyPermission'
        Test-Path -LiteralPath $backups | Should -BeFalse
    }

    It 'adds a policy of its own to the role, with a backup, and records arrive' {
        $record = Test-LogDeliveryStream console-login @to | Where-Object State -EQ Broken | Repair-LogDeliveryStream @to -BackupFolder $backups -Confirm:$false -PassThru
        $record | Should -BeOfType ([LogDelivery.PolicyRepairRecord])
        $record.Target | Should -Be 'Role'
        $record.PolicyName | Should -Be 'LogDeliveryStream'
        $record.Outcome | Should -Be 'Repaired'
        $record.IsLetIn | Should -BeTrue
        $record.BackupId | Should -Not -BeNullOrEmpty
        $sandbox.Advance(10)
        Test-LogDeliveryStream console-login @to | Where-Object State -EQ Broken | Should -BeNullOrEmpty
        Repair-LogDeliveryStream console-login @to -BackupFolder $backups -Confirm:$false -PassThru | Should -BeNullOrEmpty
    }

    It 'names what no policy mends' {
        Repair-LogDeliveryStream nothing -LogGroupName $group @to -BackupFolder $backups -Confirm:$false -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RepairIncomplete,*'
    }
}
