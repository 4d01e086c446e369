BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-LogDeliverySandbox
    $script:to = Get-SandboxParameter $sandbox
    $script:scenario = Get-Content -LiteralPath (Join-Path $Samples 'scenarios/renamed-trail.json') -Raw
    function Get-State { (Get-TrailDeliveryHealth @to).State }
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Restore-LogDeliveryPolicy and Get-LogDeliveryPolicyBackup' {
    BeforeEach {
        $sandbox.LoadScenario($scenario)
        $script:folder = Join-Path $TestDrive ([guid]::NewGuid())
        $script:live = @{ BackupFolder = $folder; Confirm = $false } + $to
        Repair-LogDeliveryPolicy -BucketName $TrailBucket @live
        $sandbox.Advance(5)
        $script:backup = Get-LogDeliveryPolicyBackup -BackupFolder $folder
    }

    It 'undoes a repair, by <What>' -ForEach @(
        @{ What = 'id'; Restore = { Restore-LogDeliveryPolicy $backup.Id @live } }
        @{ What = 'backup'; Restore = { $backup | Restore-LogDeliveryPolicy @live } }
        @{ What = 'file'; Restore = { Get-Item -LiteralPath $backup.Path | Restore-LogDeliveryPolicy @live } }
    ) {
        Get-State | Should -Be 'Healthy'
        & $Restore | Should -BeNullOrEmpty
        $sandbox.Advance(10)
        Get-State | Should -Be 'Failing'
        @(Get-LogDeliveryPolicyBackup -BackupFolder $folder).Reason | Should -Be 'Restore', 'Repair'
    }

    It 'can be undone itself' {
        $backup | Restore-LogDeliveryPolicy @live
        Get-LogDeliveryPolicyBackup -BackupFolder $folder | Select-Object -First 1 | Restore-LogDeliveryPolicy @live -AllowWiderAccess
        $sandbox.Advance(5)
        Get-State | Should -Be 'Healthy'
    }

    It 'does nothing twice' {
        $records = $backup, $backup | Restore-LogDeliveryPolicy @live -PassThru
        $records.Outcome | Should -Be 'Restored', 'NothingToDo'
    }

    It 'shows the lines, and writes nothing with -WhatIf<With>' -ForEach @{ With = '' }, @{ With = ' -Force' } {
        $shown = Invoke-Child "Restore-LogDeliveryPolicy $($backup.Id) -EndpointUrl $($to.EndpointUrl) -AccessKey $($to.AccessKey) -SecretKey $($to.SecretKey) -BackupFolder '$folder' -WhatIf$With"
        $shown | Should -BeLike 'What if: Put the bucket policy of *'
        $shown | Should -Match '(?m)^- +"arn:aws:cloudtrail:us-east-1:111122223333:trail/organization"'
        @(Get-LogDeliveryPolicyBackup -BackupFolder $folder).Count | Should -Be 1
        $sandbox.Advance(5)
        Get-State | Should -Be 'Healthy'
    }

    It 'refuses when somebody has changed the policy since, unless forced' {
        Repair-LogDeliveryPolicy -Source VpcFlowLogs -BucketName $TrailBucket @live
        $backup | Restore-LogDeliveryPolicy @live -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolicyChanged,*'
        ($backup | Restore-LogDeliveryPolicy @live -Force -PassThru).Outcome | Should -Be 'Restored'
    }

    It 'shows who gains access, and widens nothing unless allowed' {
        $backup | Restore-LogDeliveryPolicy @live
        Get-LogDeliveryPolicyBackup -BackupFolder $folder | Select-Object -First 1 | Restore-LogDeliveryPolicy @live -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'RepairIncomplete,*'
        "$($problems[0])" | Should -Match 'Gained: '
        "$($problems[0])" | Should -Match '-AllowWiderAccess'
    }

    It 'has BackupDamaged for a document that was edited' {
        $text = Get-Content -LiteralPath $backup.Path -Raw
        Set-Content -LiteralPath $backup.Path -Value ($text -replace '"Document": "\{', '"Document": "{ ') -NoNewline
        Restore-LogDeliveryPolicy $backup.Id @live -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'BackupDamaged,*'
        Get-LogDeliveryPolicyBackup -BackupFolder $folder -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'BackupDamaged,*'
    }

    It 'has BackupNotFound for an id that is none' {
        Restore-LogDeliveryPolicy nothing @live -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'BackupNotFound,*'
    }

    It 'lists by bucket and document' {
        Get-LogDeliveryPolicyBackup amzn-s3-demo-* -BackupFolder $folder | Should -HaveCount 1
        Get-LogDeliveryPolicyBackup other-* -BackupFolder $folder | Should -BeNullOrEmpty
        Get-LogDeliveryPolicyBackup -Target Key -BackupFolder $folder | Should -BeNullOrEmpty
        Get-LogDeliveryPolicyBackup -BackupFolder (Join-Path $TestDrive 'nowhere') | Should -BeNullOrEmpty
    }

    It 'shows a backup as a table and as a list' {
        $backup | Out-String -Width 200 | Should -Match '(?m)^\d{4}-\d\d-\d\d .*Bucket +arn:aws:s3:::'
        $backup | Format-List | Out-String | Should -Match '(?m)^Caller +: arn:aws:iam'
    }

    It 'takes a backup that a script has made' {
        $made = [LogDelivery.PolicyBackup] @{ Id = 'made'; Target = 'Bucket'; Resource = "arn:aws:s3:::$TrailBucket"; BucketName = $TrailBucket; AccountId = '111122223333'; Region = 'us-east-1' }
        $made | Restore-LogDeliveryPolicy @live -Force -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'BackupUnvouched,*'
        ($made | Restore-LogDeliveryPolicy @live -Force -AcceptUnvouched -AllowWiderAccess -PassThru).Outcome | Should -Be 'Restored'
    }
}
