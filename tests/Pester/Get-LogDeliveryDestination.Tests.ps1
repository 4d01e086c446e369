BeforeAll {
    . $PSScriptRoot/TestHelper.ps1

    $script:Folder = Join-Path $script:Samples 'destinations'
    $script:File = Join-Path $script:Folder 'cloudtrail.json'
    $script:Expected = 'amzn-s3-demo-audit-logs'
    $script:Other = 'amzn-s3-demo-team-logs'
}

Describe 'Get-LogDeliveryDestination' {
    It 'gives one object per source and destination, with all that the log says' {
        $found = Get-LogDeliveryDestination -Path $File
        $found.Count | Should -Be 5
        $trail = $found | Where-Object Source -EQ 'CloudTrail'
        $trail | Should -BeOfType ([LogDelivery.LogDeliveryDestination])
        $trail.Time | Should -Be ([datetime]::new(2026, 3, 2, 9, 12, 47, [DateTimeKind]::Utc))
        $trail.Time.Kind | Should -Be 'Utc'
        $trail.Resource | Should -BeExactly 'arn:aws:cloudtrail:us-east-1:111122223333:trail/management'
        $trail.AccountId | Should -BeExactly '111122223333'
        $trail.Region | Should -BeExactly 'us-east-1'
        $trail.BucketName | Should -BeExactly $Other
        $trail.Principal | Should -BeExactly 'arn:aws:iam::111122223333:user/contractor'
        $trail.Action | Should -BeExactly 'cloudtrail:UpdateTrail'
        $trail.IsCurrent | Should -BeTrue
        $trail.IsExpected | Should -BeNullOrEmpty
        "$($trail.Evidence)" | Should -Be 'CloudTrail'
        $trail.File | Should -Be $File
        $trail.Position | Should -BeGreaterThan 0
        $flowLog = $found | Where-Object Resource -EQ 'vpc-0a1b2c3d4e5f60718'
        $flowLog.KeyPrefix | Should -BeExactly 'network'
        $flowLog.ConfigurationIds | Should -Be 'fl-0123456789abcdef0'
    }

    It 'says what is wrong when it is told which buckets are expected' {
        $found = Get-LogDeliveryDestination $File -ExpectedBucketName $Expected
        ($found | Where-Object Source -EQ 'CloudTrail').Findings.Id | Should -Be 'LD0150', 'LD0152'
        ($found | Where-Object Source -EQ 'Config').Findings.Id | Should -Be 'LD0151'
        ($found | Where-Object BucketName -EQ $Other | Where-Object Source -EQ 'VpcFlowLogs').Findings.Id | Should -Be 'LD0150'
        ($found | Where-Object Resource -EQ 'vpc-0a1b2c3d4e5f60718').Findings.Id | Should -Be 'LD0153'
        ($found | Where-Object Source -EQ 'AlbAccessLogs').Findings | Should -BeNullOrEmpty
        ($found | Where-Object IsExpected -EQ $false).Count | Should -Be 2
        (Get-LogDeliveryDestination $File -ExpectedBucketName $Expected, $Other).Findings.Id | Sort-Object | Should -Be 'LD0151', 'LD0153'
    }

    It 'gives each call with All, and says what became of it' {
        $trail = Get-LogDeliveryDestination $File -All -Source cloudtrail
        $trail.BucketName | Should -Be $Expected, $Other
        $trail[0].IsCurrent | Should -BeFalse
        $trail[0].EndTime | Should -Be $trail[1].Time
        $trail[0].EndAction | Should -Be 'cloudtrail:UpdateTrail'
        $trail[0].EndPrincipal | Should -Be 'arn:aws:iam::111122223333:user/contractor'
    }

    It 'filters by time and source' {
        $time = [datetime]::new(2026, 3, 2, 9, 0, 0, [DateTimeKind]::Utc)
        (Get-LogDeliveryDestination $File -After $time).Source | Should -Be 'CloudTrail'
        (Get-LogDeliveryDestination $File -Before $time.ToLocalTime() -Source Cloud*).BucketName | Should -Be $Expected
        (Get-LogDeliveryDestination $File -Source vpc*, Alb*).Count | Should -Be 3
        Get-LogDeliveryDestination $File -Source Nothing -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UnknownSource,*'
    }

    It 'reads folders, exact names, and what Get-ChildItem pipes, as one history' {
        (Get-LogDeliveryDestination $Folder).Count | Should -Be 5
        (Get-ChildItem -LiteralPath $Folder, $Folder | Get-LogDeliveryDestination).Count | Should -Be 5
        $copy = Join-Path $TestDrive '[1].json'
        [IO.File]::Copy($File, $copy)
        (Get-LogDeliveryDestination -LiteralPath $copy).Count | Should -Be 5
    }

    It 'has one error for each damaged file, and reads the rest' {
        [IO.File]::WriteAllText((Join-Path $TestDrive 'page.json'), '<html></html>')
        $found = Get-LogDeliveryDestination -LiteralPath (Join-Path $TestDrive 'page.json'), $File -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Count | Should -Be 5
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'LogNotALog,*'
    }

    It 'pipes into the test and the repair of a policy' {
        $policy = Join-Path $Samples 'flow-logs-removed.json'
        $rows = Get-LogDeliveryDestination $File -Source VpcFlowLogs | Test-LogDeliveryBucketPolicy -Path $policy
        $rows.BucketName | Sort-Object -Unique | Should -Be $Expected, $Other
        $rows.KeyPrefix | Sort-Object -Unique | Should -Be 'network'
        $trail = Get-LogDeliveryDestination $File -Source CloudTrail | Test-LogDeliveryBucketPolicy -PolicyDocument '{"Version":"2012-10-17","Statement":[]}'
        $trail[0].SourceArn | Should -Be 'arn:aws:cloudtrail:us-east-1:111122223333:trail/management'
        $new = Get-LogDeliveryDestination $File -Source AlbAccessLogs | New-LogDeliveryPolicy
        $new | Should -BeLike "*arn:aws:s3:::$Expected/shop/AWSLogs/111122223333/*"
    }

    It 'shows a table that fits' {
        $table = Get-LogDeliveryDestination $File -ExpectedBucketName $Expected | Out-String -Width 120
        $table | Should -Match '(?m)^2026-03-02 09:12:47 current  CloudTrail +LD0150 LD0152 amzn-s3-demo-team-logs'
        $table | Should -Match '(?m)^2026-03-02 08:30:05 refused  Config +LD0151 +amzn-s3-demo-audit-logs +default'
    }

    It 'completes sources' {
        (Get-Completion 'Get-LogDeliveryDestination -Path x -Source Vpc').CompletionText | Should -Contain 'VpcFlowLogs'
    }

    It 'can be made by a script, so that tests can mock it' {
        ([LogDelivery.LogDeliveryDestination]@{ Source = 'CloudTrail'; BucketName = 'b'; IsCurrent = $true }).IsCurrent | Should -BeTrue
    }
}
