BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:failure = '{"eventVersion":"1.11","eventName":"PutObject","errorCode":"AccessDenied","userIdentity":{"type":"AWSService","arn":null},"sourceIPAddress":"delivery.logs.amazonaws.com"}'
    $script:success = '{"eventVersion":"1.11","eventName":"PutObject","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/a"},"sourceIPAddress":"192.0.2.10"}'
    $script:folder = Join-Path $TestDrive 'logs'
    New-Item -ItemType Directory $folder, (Join-Path $folder 'below') | Out-Null
    Set-Content -LiteralPath (Join-Path $folder 'a.json') "{`"Records`":[$failure,$success]}"
    Set-Content -LiteralPath (Join-Path $folder 'below/b.jsonl') $success, $failure
    $message = $failure | ConvertTo-Json
    $envelope = "{`"messageType`":`"DATA_MESSAGE`",`"owner`":`"111122223333`",`"logGroup`":`"trail`",`"logStream`":`"s`",`"subscriptionFilters`":[`"f`"],`"logEvents`":[{`"id`":`"7`",`"timestamp`":1700000000000,`"message`":$message}]}"
    $stream = [IO.Compression.GZipStream]::new([IO.File]::Create((Join-Path $folder 'c.gz')), [IO.Compression.CompressionLevel]::Fastest)
    $bytes = [Text.Encoding]::UTF8.GetBytes($envelope)
    $stream.Write($bytes, 0, $bytes.Length)
    $stream.Dispose()
    $script:denied = '{ $.errorCode = "AccessDenied" }'
}

Describe 'Select-LogEvent' {
    It 'gives the events of files of every shape, in the order of the files' {
        $events = Select-LogEvent $denied $folder
        $events | Should -HaveCount 3
        $events | Should -BeOfType ([LogDelivery.LogEvent])
        $events.Message | Sort-Object -Unique | Should -BeExactly $failure
        $events.Number | Should -Be 1, 2, 1
        ($events | Where-Object LogGroup).LogGroup | Should -Be 'trail'
        ($events | Where-Object LogGroup).Timestamp | Should -Be ([datetime]::UnixEpoch.AddSeconds(1700000000))
        Split-Path -Leaf $events.File | Sort-Object | Should -Be 'a.json', 'b.jsonl', 'c.gz'
    }

    It 'counts' {
        Select-LogEvent $denied $folder -Count | Should -Be 3
        Select-LogEvent '' $folder -Count | Should -Be 5
        Select-LogEvent -FilterPattern $denied -Path (Join-Path $folder '*.json'), (Join-Path $folder 'c.gz') -Count | Should -Be 2
    }

    It 'extracts values' {
        $rows = Select-LogEvent '{ $.eventName = "PutObject" }' -LiteralPath (Join-Path $folder 'a.json') -Extract '$.errorCode', '$.userIdentity.type', '$.missing'
        $rows.errorCode | Should -Be 'AccessDenied', $null
        $rows.'userIdentity.type' | Should -Be 'AWSService', 'IAMUser'
        $rows[0].missing | Should -BeNullOrEmpty
        $fields = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET / HTTP/1.0" 404 1534' | Select-LogEvent '[ip, ..., status = 4*, size]' -Extract '$status', '$4', '$size'
        $fields.status | Should -Be '404'
        $fields.'4' | Should -Be '10/Oct/2000:13:25:15 -0700'
        $fields.size | Should -Be '1534'
    }

    It 'takes texts, records and objects with a message from the pipeline, and lets them through unchanged' {
        $failure, $success, 'no JSON' | Select-LogEvent $denied | Should -BeExactly $failure
        $records = $failure, $success | ConvertFrom-Json
        $records | Select-LogEvent $denied | Should -Be $records[0]
        $items = [pscustomobject]@{ Message = $failure; Id = 1 }, [pscustomobject]@{ Message = $success; Id = 2 }
        ($items | Select-LogEvent $denied).Id | Should -Be 1
        @{ a = 1; b = @('x', $true, $null) } | Select-LogEvent '{ $.a = 1 && $.b[1] IS TRUE && $.b[2] IS NULL }' | Should -HaveCount 1
        Select-LogEvent $denied $folder | Select-LogEvent '"delivery.logs"' -Count | Should -Be 3
    }

    It 'reads the files of Get-ChildItem' {
        Get-ChildItem $folder -Recurse -File | Select-LogEvent $denied -Count | Should -Be 3
        Get-Item $folder | Select-LogEvent $denied -Count | Should -Be 3
    }

    It 'ends at an invalid pattern and names the column' {
        { Select-LogEvent '{ $.a EXISTS }' $folder } | Should -Throw -ErrorId 'InvalidFilterPattern,*' -ExpectedMessage '*column 7*'
        { Select-LogEvent $denied $folder -Extract 'a' } | Should -Throw -ErrorId 'InvalidSelector,*'
    }

    It 'tells what cannot be read, and goes on' {
        $broken = Join-Path $TestDrive 'broken.json'
        Set-Content -LiteralPath $broken -NoNewline "{`"Records`":[$failure,{`"eventName`":"
        $found = Select-LogEvent $denied $broken, (Join-Path $TestDrive 'nowhere'), (Join-Path $folder 'a.json') -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Should -Contain 'FileNotFound,LogDelivery.Commands.SelectLogEventCommand'
        $problems.FullyQualifiedErrorId | Should -Contain 'LogTruncated,LogDelivery.Commands.SelectLogEventCommand'
    }

    It 'reads objects of S3' {
        $saved = Clear-AwsEnvironment
        $sandbox = Start-Scenario 'renamed-trail'
        try {
            $reach = Get-SandboxParameter $sandbox
            $events = Select-LogEvent '{ $.eventVersion = * }' s3://amzn-s3-demo-trail-logs/AWSLogs/ @reach
            $events.Count | Should -BeGreaterThan 10
            $events[0].File | Should -BeLike 's3://amzn-s3-demo-trail-logs/AWSLogs/*.json.gz'
            Select-LogEvent '' s3://amzn-s3-demo-nowhere/ @reach -Count -ErrorVariable problems -ErrorAction SilentlyContinue | Should -Be 0
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'LogNotFound,*'
        }
        finally {
            Stop-LogDeliverySandbox $sandbox
            Restore-AwsEnvironment $saved
        }
    }

    It 'shows an event in a line' {
        Select-LogEvent $denied (Join-Path $folder 'a.json') | Out-String | Should -Match '1\s+a\.json\s+\{"eventVersion"'
    }
}
