
BeforeAll {
    . $PSScriptRoot/TestHelper.ps1

    $script:Logs = Join-Path $script:Samples 'logs'
    $script:CloudTrailFile = Join-Path $script:Logs 'cloudtrail.json.gz'
}

Describe 'Get-LogDeliveryFailure' {
    It 'gives one object per failed delivery, with all that the log says' {
        $failures = Get-LogDeliveryFailure -Path $script:CloudTrailFile
        $failures.Count | Should -Be 2
        $first = $failures[0]
        $first | Should -BeOfType ([LogDelivery.DeliveryFailure])
        $first.Time | Should -Be ([datetime]::new(2026, 1, 31, 8, 42, 42, [DateTimeKind]::Utc))
        $first.Source | Should -BeExactly 'VpcFlowLogs'
        $first.Principal | Should -BeExactly 'delivery.logs.amazonaws.com'
        $first.AccountId | Should -BeExactly '111122223333'
        $first.Region | Should -BeExactly 'ap-northeast-1'
        $first.BucketName | Should -BeExactly 'amzn-s3-demo-flow-logs'
        $first.Key | Should -BeLike 'AWSLogs/111122223333/vpcflowlogs/*_20260131T0835Z_*'
        $first.ErrorCode | Should -BeExactly 'AccessDenied'
        $first.ErrorMessage | Should -BeExactly 'Access Denied'
        $first.RequestId | Should -BeExactly '79104E0000000002'
        "$($first.Evidence)" | Should -Be 'CloudTrail'
        $first.File | Should -Be $script:CloudTrailFile
        $first.Position | Should -BeGreaterThan 0
        $first.SendsAcl | Should -BeTrue
    }

    It 'reads what Find-CTEvent and ConvertTo-Json make of events, in every encoding that PowerShell writes' {
        $stream = [System.IO.Compression.GZipStream]::new([System.IO.File]::OpenRead($script:CloudTrailFile), [System.IO.Compression.CompressionMode]::Decompress)
        $records = ([System.IO.StreamReader]::new($stream).ReadToEnd() | ConvertFrom-Json).Records
        $events = $records | ForEach-Object {
            [pscustomobject]@{ EventId = $_.eventID; EventTime = $_.eventTime; Resources = @(); CloudTrailEvent = $_ | ConvertTo-Json -Depth 20 -Compress }
        }
        foreach ($encoding in 'utf8', 'utf8BOM', 'unicode', 'bigendianunicode') {
            $file = Join-Path $TestDrive "events.$encoding.json"
            $events | ConvertTo-Json | Out-File -LiteralPath $file -Encoding $encoding
            (Get-LogDeliveryFailure $file).RequestId | Should -Be (Get-LogDeliveryFailure $script:CloudTrailFile).RequestId
        }
    }

    It 'never takes a file without any record for one without failures' {
        $file = Join-Path $TestDrive 'other.json'
        Set-Content -LiteralPath $file -Value '{"configurationItems":[{"resourceId":"x"}]}'
        Get-LogDeliveryFailure $file -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'LogNotALog,*'
        "$($failed[0])" | Should -BeLike '*configurationItems*'
    }

    It 'reads folders, wildcards, exact names, and what Get-ChildItem pipes' {
        (Get-LogDeliveryFailure $script:Logs).Count | Should -Be 3
        (Get-LogDeliveryFailure (Join-Path $script:Logs '*')).Count | Should -Be 3
        (Get-LogDeliveryFailure -LiteralPath $script:CloudTrailFile).Count | Should -Be 2
        (Get-ChildItem -LiteralPath $script:Logs | Get-LogDeliveryFailure).Count | Should -Be 3
        (Get-ChildItem -LiteralPath $script:Logs, $script:Logs | Get-LogDeliveryFailure).Count | Should -Be 3
        ($script:CloudTrailFile | Get-LogDeliveryFailure).Count | Should -Be 2
    }

    It 'reads a name with wildcard characters in it by LiteralPath' {
        $copy = Join-Path $TestDrive '[1].json.gz'
        [IO.File]::Copy($script:CloudTrailFile, $copy)
        (Get-LogDeliveryFailure -LiteralPath $copy).Count | Should -Be 2
    }

    It 'takes relative paths from the shell, not from the process' {
        Push-Location -LiteralPath $script:Logs
        try { (Get-LogDeliveryFailure ./cloudtrail.json.gz).Count | Should -Be 2 } finally { Pop-Location }
    }

    It 'leaves noise and people out unless asked for them' {
        $all = Get-LogDeliveryFailure $script:CloudTrailFile -IncludeAll
        $all.Count | Should -Be 4
        ($all | Where-Object Kind -EQ 'Noise').Action | Should -Be 's3:ListBucket'
        ($all | Where-Object Kind -EQ 'OtherCaller').Principal | Should -BeLike '*:assumed-role/Analyst/jane'
    }

    It 'filters by time, bucket and source' {
        $time = [datetime]::new(2026, 1, 31, 8, 45, 0, [DateTimeKind]::Utc)
        (Get-LogDeliveryFailure $script:CloudTrailFile -After $time).RequestId | Should -Be '79104E0000000004'
        (Get-LogDeliveryFailure $script:CloudTrailFile -Before $time.ToLocalTime()).RequestId | Should -Be '79104E0000000002'
        Get-LogDeliveryFailure $script:CloudTrailFile -BucketName 'another' | Should -BeNullOrEmpty
        (Get-LogDeliveryFailure $script:CloudTrailFile -Source 'vpc*').Count | Should -Be 2
        Get-LogDeliveryFailure $script:CloudTrailFile -Source CloudTrail | Should -BeNullOrEmpty
    }

    It 'says in a summary whether it is over' {
        $summary = Get-LogDeliveryFailure $script:Logs -Summary
        @($summary).Count | Should -Be 1
        $summary | Should -BeOfType ([LogDelivery.DeliveryFailureSummary])
        $summary.Attempts | Should -Be 2
        "$($summary.Recovery)" | Should -Be 'Recovered'
        $summary.FirstTime | Should -Be ([datetime]::new(2026, 1, 31, 8, 42, 42, [DateTimeKind]::Utc))
    }

    It 'has one error for each damaged file, and reads the rest' {
        $bytes = [IO.File]::ReadAllBytes($script:CloudTrailFile)
        [IO.File]::WriteAllBytes((Join-Path $TestDrive 'cut.json.gz'), $bytes[0..($bytes.Length - 9)])
        [IO.File]::WriteAllText((Join-Path $TestDrive 'page.json'), '<html></html>')
        [IO.File]::WriteAllText((Join-Path $TestDrive 'empty.json'), '')
        [IO.File]::Copy($script:CloudTrailFile, (Join-Path $TestDrive 'good.json.gz'))
        $paths = 'cut.json.gz', 'page.json', 'empty.json', 'good.json.gz' | ForEach-Object { Join-Path $TestDrive $_ }
        $found = Get-LogDeliveryFailure -LiteralPath $paths -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Count | Should -Be 4
        ($problems.FullyQualifiedErrorId | ForEach-Object { ($_ -split ',')[0] } | Sort-Object) | Should -Be @('LogEmpty', 'LogNotALog', 'LogTruncated')
        ($problems | Where-Object FullyQualifiedErrorId -Like 'LogTruncated,*').TargetObject | Should -Be $paths[0]
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'has an error for a path that is not there' {
        Get-LogDeliveryFailure (Join-Path $TestDrive 'nothing.json') -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
    }

    It 'pipes into the test and the repair of a policy, which judge the logged request' {
        $policy = Join-Path $script:Samples 'flow-logs-removed.json'
        $rows = Get-LogDeliveryFailure $script:CloudTrailFile | Select-Object -First 1 | Test-LogDeliveryBucketPolicy -Path $policy
        $logged = $rows | Where-Object Call -Like '*as logged*'
        $logged.Resource | Should -BeLike 'arn:aws:s3:::amzn-s3-demo-flow-logs/AWSLogs/111122223333/vpcflowlogs/*_20260131T0835Z_*'
        "$($logged.Verdict)" | Should -Be 'ImplicitDeny'
        $plan = Get-LogDeliveryFailure $script:CloudTrailFile | Repair-LogDeliveryPolicy -PolicyDocument (Get-Content -LiteralPath $policy -Raw) -PassThru
        $plan.Edits.Count | Should -Be 2
    }

    It 'stops reading when the pipeline wants no more' {
        $copies = 1..200 | ForEach-Object { $path = Join-Path $TestDrive "many$_.json.gz"; [IO.File]::Copy($script:CloudTrailFile, $path); $path }
        @(Get-LogDeliveryFailure -LiteralPath $copies | Select-Object -First 1).Count | Should -Be 1
    }

    It 'shows a table that fits' {
        $table = Get-LogDeliveryFailure $script:CloudTrailFile | Out-String -Width 120
        $table | Should -Match '2026-01-31 08:42:42 VpcFlowLogs'
    }

    It 'can be made by a script, so that tests can mock it' {
        ([LogDelivery.DeliveryFailure]@{ Source = 'CloudTrail'; ErrorCode = 'NoSuchBucket' }).ErrorCode | Should -Be 'NoSuchBucket'
    }
}
