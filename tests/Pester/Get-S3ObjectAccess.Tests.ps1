BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:File = Join-Path $script:Samples 'object-access/data-events.json'
}

Describe 'Get-S3ObjectAccess' {
    It 'says who did what, from where and how much' {
        $access = Get-S3ObjectAccess -Path $script:File -WarningAction SilentlyContinue
        $access.Count | Should -Be 9
        $access[0] | Should -BeOfType ([LogDelivery.S3ObjectAccess])
        "$($access[0].Access)" | Should -Be 'Read'
        "$($access[0].Caller)" | Should -Be 'VpcEndpoint'
        $access[0].VpcEndpointId | Should -Be 'vpce-0123456789abcdef0'
        $access[0].BytesTransferredOut | Should -Be 48211
        $access[0].Time.Kind | Should -Be 'Utc'
        $access[3].CallerName | Should -Be 'payroll-report'
        $access[6].IsCrossAccount | Should -BeTrue
        $access[7].ErrorCode | Should -Be 'AccessDenied'
    }

    It 'leaves known callers out' {
        $unknown = Get-S3ObjectAccess $script:File -Exclude 10.0.0.0/8, 'arn:aws:iam::111122223333:*', Lambda, Athena, Service -WarningAction SilentlyContinue
        $unknown.Caller | ForEach-Object ToString | Should -Be 'CrossAccount', 'Anonymous'
    }

    It 'ends at a caller that is none' {
        { Get-S3ObjectAccess $script:File -Exclude '10.0.0.0/99' } | Should -Throw -ErrorId 'InvalidCaller,*'
    }

    It 'filters by kind, caller, bucket, key, bytes and time' {
        (Get-S3ObjectAccess $script:File -Access Write -WarningAction SilentlyContinue).Count | Should -Be 2
        (Get-S3ObjectAccess $script:File -Caller Console, Anonymous -WarningAction SilentlyContinue).Count | Should -Be 2
        (Get-S3ObjectAccess $script:File -BucketName amzn-s3-demo-trail-logs -WarningAction SilentlyContinue).Operation | Should -Be 'PutObject'
        (Get-S3ObjectAccess $script:File -KeyPrefix backup/ -WarningAction SilentlyContinue).Key | Should -Be 'backup/salaries.csv'
        (Get-S3ObjectAccess $script:File -MinimumBytes 10000 -WarningAction SilentlyContinue).Count | Should -Be 7
        (Get-S3ObjectAccess $script:File -After ([datetime]::new(2026, 2, 2, 9, 0, 0, [DateTimeKind]::Utc)) -WarningAction SilentlyContinue).Count | Should -Be 3
    }

    It 'tells of the two traps, also where the accesses that show them are left out' {
        $null = Get-S3ObjectAccess $script:File -Caller Console -WarningVariable traps -WarningAction SilentlyContinue
        $traps.Count | Should -Be 2
        "$($traps[0])" | Should -BeLike 'LD0090 *amzn-s3-demo-trail-logs*'
        "$($traps[1])" | Should -BeLike 'LD0091 *amzn-s3-demo-trail-logs*'
        $delivery = Get-S3ObjectAccess $script:File -Caller Service -WarningAction SilentlyContinue
        $delivery.Findings.Id | Should -Be 'LD0090', 'LD0091'
    }

    It 'adds up' {
        $sums = Get-S3ObjectAccess $script:File -Summary -WarningAction SilentlyContinue
        $sums[0] | Should -BeOfType ([LogDelivery.S3ObjectAccessSummary])
        ($sums | Measure-Object -Property Count -Sum).Sum | Should -Be 9
        ($sums | Measure-Object -Property Errors -Sum).Sum | Should -Be 1
    }

    It 'reads access logs' {
        $access = Get-S3ObjectAccess (Join-Path $script:Samples 'logs/access.log')
        "$($access[0].Evidence)" | Should -Be 'AccessLog'
        "$($access[0].Caller)" | Should -Be 'Service'
    }

    It 'shows a table that fits' {
        $text = Get-S3ObjectAccess $script:File -WarningAction SilentlyContinue | Format-Table | Out-String -Width 120
        $text | Should -BeLike '*Time (UTC)*Access Caller*Bytes Error*Object*'
        $text | Should -BeLike '*Lambda payroll-report*'
    }
}
