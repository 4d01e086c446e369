BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:saved = Clear-AwsEnvironment
    $script:Bucket = 'amzn-s3-demo-flow-logs'
}

AfterAll {
    Restore-AwsEnvironment $saved
}

Describe 'New-LogDeliveryAlarm' {
    BeforeEach {
        $script:sandbox = Start-Scenario watched-bucket
        $script:aws = Get-SandboxParameter $sandbox
        $script:alarmFor = @{ Preset = 'DeliveryFailure'; LogGroupName = 'trail-events'; BucketName = $Bucket; WarningAction = 'SilentlyContinue' } + $aws
        function Get-Resource { ($sandbox.GetState() | ConvertFrom-Json) | Select-Object -Property alarms, topics, trails, logGroups | ConvertTo-Json -Depth 9 }
    }

    AfterEach {
        $sandbox | Stop-LogDeliverySandbox
    }

    It 'makes an alarm that fires when a delivery is refused, and tells the topic' {
        $alarm = New-LogDeliveryAlarm @alarmFor -Topic audit -Confirm:$false
        $alarm | Should -BeOfType ([LogDelivery.LogDeliveryAlarm])
        $alarm.Name | Should -Be "LogDelivery-DeliveryFailure-$Bucket"
        $alarm.IsManaged | Should -BeTrue
        $alarm.CatchesKnownFailures | Should -BeTrue
        $sandbox.Advance(10)
        ($alarm | Get-LogDeliveryAlarm @aws).State | Should -Be 'OK'

        $uri = "$($sandbox.EndpointUrl)/$Bucket`?policy"
        $null = Invoke-WebRequest -Method Delete -Uri $uri -Headers @{ Authorization = 'AWS4-HMAC-SHA256 Credential=111122223333/20260131/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0' } -SkipHeaderValidation
        $sandbox.Advance(20)
        ($alarm | Get-LogDeliveryAlarm @aws).State | Should -Be 'ALARM'
        ($sandbox.GetState() | ConvertFrom-Json).topics[0].messages | Should -Be 1
    }

    It 'shows every step and the cost with -WhatIf, and writes nothing' {
        $before = Get-Resource
        $shown = Invoke-Child "New-LogDeliveryAlarm DeliveryFailure trail-events -BucketName $Bucket -Email a@example.com -EndpointUrl $($sandbox.EndpointUrl) -AccessKey 111122223333 -SecretKey x -Region us-east-1 -WhatIf"
        $shown | Should -BeLike '*What if*Create topic*Create metric filter*Create alarm*Create subscription*Cost: about*USD per million requests*'
        Get-Resource | Should -Be $before
    }

    It 'changes nothing the second time' {
        $null = New-LogDeliveryAlarm @alarmFor -Email audit@example.com -Confirm:$false
        $before = Get-Resource
        $verbose = New-LogDeliveryAlarm @alarmFor -Email audit@example.com -Confirm:$false -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -BeLike '*Nothing was changed.*'
        Get-Resource | Should -Be $before
    }

    It 'warns of what keeps the alarm silent' {
        $null = New-LogDeliveryAlarm @alarmFor -Confirm:$false -WarningVariable warnings
        "$warnings" | Should -BeLike '*LD0143*'
        $null = New-LogDeliveryAlarm @aws SigV2Use trail-events -BucketName amzn-s3-demo-other -Confirm:$false -WarningAction SilentlyContinue -WarningVariable warnings
        "$warnings" | Should -BeLike '*LD0141*'
    }

    It 'makes nothing with a wrong pattern, and says <Id>' -ForEach @(
        @{ Id = 'InvalidFilterPattern'; With = @{ FilterPattern = '{ $.a = }' }; Message = '*column 9*' }
        @{ Id = 'PatternMissesSamples'; With = @{ FilterPattern = '{ $.errorCode != "Nothing" && $.vpcEndpointId != "vpce-1" }' }; Message = '*flow log refused*' }
        @{ Id = 'PatternCatchesOthers'; With = @{ FilterPattern = '{ $.errorCode = "*" }' }; Message = '*user refused*' }
    ) {
        $before = Get-Resource
        New-LogDeliveryAlarm @alarmFor @With -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$($problems[0])" | Should -BeLike $Message
        Get-Resource | Should -Be $before
    }

    It 'says what is wrong: <Id>' -ForEach @(
        @{ Id = 'LogGroupNotFound'; With = @{ Preset = 'SigV2Use'; LogGroupName = 'none' } }
        @{ Id = 'PresetNotFound'; With = @{ Preset = 'Nothing'; LogGroupName = 'trail-events' } }
        @{ Id = 'InvalidAlarm'; With = @{ LogGroupName = 'trail-events' } }
        @{ Id = 'InvalidAlarm'; With = @{ Preset = 'SigV2Use'; LogGroupName = 'trail-events'; Email = 'nobody' } }
        @{ Id = 'TopicNotFound'; With = @{ Preset = 'SigV2Use'; LogGroupName = 'trail-events'; TopicArn = 'arn:aws:sns:us-east-1:111122223333:none' } }
        @{ Id = 'LogLoop'; With = @{ Preset = 'DeliveryFailure'; LogGroupName = 'trail-events'; BucketName = 'amzn-s3-demo-trail-logs'; AddDataEvent = $true } }
    ) {
        New-LogDeliveryAlarm @With @aws -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'says what is done and what is not when it fails in the middle, and goes on from there' {
        $sandbox.SetFaults('{"operation":"cloudwatch:PutMetricAlarm","deny":true}')
        New-LogDeliveryAlarm @alarmFor -Topic audit -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'AlarmIncomplete,*'
        $problems[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        "$($problems[0])" | Should -BeLike '*Done: Topic audit, MetricFilter*Failed: Alarm*safe to repeat*'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*cloudwatch:PutMetricAlarm*'
        $sandbox.SetFaults('{}')
        (New-LogDeliveryAlarm @alarmFor -Topic audit -Confirm:$false).AlarmActions | Should -Be 'arn:aws:sns:us-east-1:111122223333:audit'
    }

    It 'adds data events for their price' {
        $shown = New-LogDeliveryAlarm @aws DeliveryFailure trail-events -BucketName amzn-s3-demo-other -AddDataEvent -RequestsPerMonth 1000000 -Confirm:$false -Verbose -WarningAction SilentlyContinue 4>&1
        "$shown" | Should -BeLike '*record writes of amzn-s3-demo-other; about 2.40 USD a month for 1000000 requests*'
    }

    It 'takes log groups of the pipeline, and completes the presets' {
        $alarm = [pscustomobject] @{ LogGroupName = 'trail-events'; Arn = 'x' } | New-LogDeliveryAlarm SigV2Use -BucketName $Bucket @aws -Confirm:$false -WarningAction SilentlyContinue
        $alarm.LogGroupName | Should -Be 'trail-events'
        $trail = New-TrailObject -With @{ CloudWatchLogsLogGroupArn = 'arn:aws:logs:us-east-1:111122223333:log-group:trail-events:*' }
        ($trail | New-LogDeliveryAlarm LargeDownload @aws -Confirm:$false -WarningAction SilentlyContinue).BucketName | Should -BeNullOrEmpty
        (Get-Completion 'New-LogDeliveryAlarm -Preset L').CompletionText | Should -Be 'LargeDownload'
    }
}
