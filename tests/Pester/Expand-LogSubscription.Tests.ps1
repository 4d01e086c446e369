BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:File = Join-Path $Samples 'subscriptions/firehose.gz'
}

Describe 'Expand-LogSubscription' {
    It 'gives one object per event, with all that the envelope says' {
        $events = Expand-LogSubscription $File
        $events.Count | Should -Be 3
        $first = $events[0]
        $first | Should -BeOfType ([LogDelivery.LogSubscriptionEvent])
        $first.LogGroup | Should -BeExactly '/aws/cloudtrail/management'
        $first.LogStream | Should -BeExactly '111122223333_CloudTrail_us-east-1'
        $first.Owner | Should -BeExactly '111122223333'
        $first.Id | Should -BeExactly '38860000000000000000000000000000000000000000000000000001'
        $first.Timestamp | Should -Be ([datetime]::new(2026, 1, 31, 8, 41, 0, [DateTimeKind]::Utc))
        $first.Timestamp.Kind | Should -Be 'Utc'
        ($first.Message | ConvertFrom-Json).eventName | Should -BeExactly 'DescribeInstances'
    }

    It 'leaves control messages out unless asked for them' {
        $all = Expand-LogSubscription $File -IncludeControlMessage
        $all.Count | Should -Be 4
        $all[0].Message | Should -BeLike 'CWL CONTROL MESSAGE*'
        $all[0].LogGroup | Should -BeNullOrEmpty
    }

    It 'gives CloudTrail records as objects' {
        $records = Expand-LogSubscription $File -AsCloudTrail
        $records.eventName | Should -Be 'DescribeInstances', 'GetCallerIdentity', 'Decrypt'
        $records[2].errorCode | Should -BeExactly 'AccessDenied'
        $records[0].userIdentity.arn | Should -BeLike 'arn:aws:sts::*'
        $records[0].eventTime | Should -BeOfType ([string])
        $records[0].requestParameters | Should -BeNullOrEmpty
        $records[0].readOnly | Should -BeTrue
        $records[0].PSObject.TypeNames[0] | Should -Be 'LogDelivery.CloudTrailRecord'
    }

    It 'warns of events that carry no record' {
        $other = Join-Path $TestDrive 'other.json'
        '{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"g","logStream":"s","logEvents":[{"id":"1","timestamp":1,"message":"a line"}]}' | Set-Content -LiteralPath $other
        $records = Expand-LogSubscription $other -AsCloudTrail -WarningVariable warnings -WarningAction SilentlyContinue
        $records | Should -BeNullOrEmpty
        $warnings | Should -BeLike '1 events are no CloudTrail records*'
    }

    It 'gives what is whole of a file that is cut off, and one error' {
        $bytes = [IO.File]::ReadAllBytes($File)
        $cut = Join-Path $TestDrive 'cut.gz'
        [IO.File]::WriteAllBytes($cut, $bytes[0..($bytes.Length - 40)])
        $events = Expand-LogSubscription $cut -ErrorVariable errors -ErrorAction SilentlyContinue
        $events.Count | Should -Be 2
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'LogTruncated,*'
        $errors[0].TargetObject | Should -Be $cut
    }

    It 'reads the base64 in the event of a Lambda function' {
        $member = [IO.MemoryStream]::new()
        $gzip = [IO.Compression.GZipStream]::new($member, [IO.Compression.CompressionMode]::Compress)
        $gzip.Write([Text.Encoding]::UTF8.GetBytes('{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"g","logStream":"s","logEvents":[{"id":"1","timestamp":1769848860000,"message":"hello"}]}'))
        $gzip.Dispose()
        $lambda = Join-Path $TestDrive 'lambda.json'
        @{ awslogs = @{ data = [Convert]::ToBase64String($member.ToArray()) } } | ConvertTo-Json | Set-Content -LiteralPath $lambda
        (Expand-LogSubscription $lambda).Message | Should -BeExactly 'hello'
    }

    It 'takes folders and what Get-ChildItem pipes' {
        (Expand-LogSubscription (Split-Path $File)).Count | Should -Be 3
        (Get-ChildItem -LiteralPath (Split-Path $File) | Expand-LogSubscription).Count | Should -Be 3
    }

    It 'is not needed before the other readers' {
        Select-LogEvent '{ $.errorCode = "AccessDenied" }' $File -Count | Should -Be 1
    }

    It 'ends early when nobody takes more' {
        (Expand-LogSubscription $File | Select-Object -First 1).Owner | Should -Be '111122223333'
    }

    It 'shows events and records as tables' {
        Expand-LogSubscription $File | Out-String -Width 150 | Should -Match '(?m)^2026-01-31 08:41:00\.000 +111122223333_CloudTrail'
        Expand-LogSubscription $File -AsCloudTrail | Out-String -Width 150 | Should -Match '(?m)^2026-01-31T08:43:00Z +kms\.amazonaws\.com +Decrypt +AccessDenied +arn:aws'
    }
}
