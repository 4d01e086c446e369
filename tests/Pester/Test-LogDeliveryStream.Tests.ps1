BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-Scenario login-stream
    $script:to = Get-SandboxParameter $sandbox
    $script:group = '/aws/cloudtrail/management-event'
    $script:streamArn = 'arn:aws:firehose:us-east-1:111122223333:deliverystream/console-login'
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Test-LogDeliveryStream' {
    It 'names the broken link, the statement and the remedy' {
        $rows = Test-LogDeliveryStream console-login -LogGroupName $group @to
        $rows | Should -BeOfType ([LogDelivery.StreamLinkRow])
        $rows.Step | Should -Be (1..$rows.Count)
        $broken = $rows | Where-Object State -EQ Broken
        $broken.Link | Should -Be 'KeyPermission'
        $broken.Statement | Should -BeLike '*inline policy "access"*Statement`[1`] "Key"'
        $broken.Findings.Id | Should -Be 'LD0115'
        $broken.Remedy | Should -BeLike '*kms:GenerateDataKey*'
        $broken.Observed | Should -BeLike 'S3.AccessDenied*'
    }

    It 'finds the log group by itself' {
        (Test-LogDeliveryStream console-login @to).LogGroupName | Select-Object -Unique | Should -Contain $group
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'an ARN'; Pipe = { $streamArn } }
        @{ What = 'a stream of AWS.Tools'; Pipe = { [pscustomobject] @{ DeliveryStreamName = 'console-login'; DeliveryStreamARN = $streamArn; DeliveryStreamStatus = 'ACTIVE' } } }
        @{ What = 'a subscription filter of AWS.Tools'; Pipe = { [pscustomobject] @{ FilterName = 'logins'; LogGroupName = $group; DestinationArn = $streamArn } } }
        @{ What = 'a log group of AWS.Tools'; Pipe = { [pscustomobject] @{ LogGroupName = $group; Arn = 'arn:aws:logs:us-east-1:111122223333:log-group:x:*' } } }
    ) {
        (& $Pipe | Test-LogDeliveryStream @to | Where-Object State -EQ Broken).Link | Should -Be 'KeyPermission'
    }

    It 'answers with one Boolean when quiet' {
        Test-LogDeliveryStream console-login @to -Quiet | Should -BeFalse
        Test-LogDeliveryStream nothing -LogGroupName $group @to -Quiet | Should -BeFalse
    }

    It 'calls a stream that is not there broken, and looks at the group all the same' {
        $rows = Test-LogDeliveryStream nothing -LogGroupName $group @to
        ($rows | Where-Object State -EQ Broken).Link | Should -Be 'SubscriptionFilter', 'Stream'
        ($rows | Where-Object Link -EQ LogGroup).State | Should -Be 'Working'
    }

    It 'says what is missing to tell more' {
        $sandbox.SetFaults('{ "rules": [ { "operation": "GetKeyPolicy", "deny": true } ] }')
        $rows = Test-LogDeliveryStream console-login @to
        ($rows | Where-Object Link -EQ KeyPolicy).State | Should -Be 'Unknown'
        ($rows | Where-Object Link -EQ KeyPolicy).MissingPermissions | Should -Be 'kms:GetKeyPolicy'
        $sandbox.SetFaults('{}')
    }

    It 'reports <Id> and goes on' -ForEach @(
        @{ Id = 'InvalidRequest'; With = @{} }
        @{ Id = 'NotFound'; With = @{ LogGroupName = 'nothing' } }
    ) {
        Test-LogDeliveryStream @With @to -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'shows state, link and reason' {
        $text = Invoke-Child "Test-LogDeliveryStream console-login -EndpointUrl $($sandbox.EndpointUrl) -AccessKey 111122223333 -SecretKey sandbox -Region us-east-1"
        $text | Should -Match 'Stream: console-login'
        $text | Should -Match '9\s+Broken\s+KeyPermission\s+LD0115'
    }
}
