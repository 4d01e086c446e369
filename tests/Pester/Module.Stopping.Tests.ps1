BeforeDiscovery {
    # Each cmdlet that asks AWS, so that a new one is tried or fails here; one needs a backup first, and has a test of its own.
    $script:asking = @(Get-Command -Module (Import-Module $env:LOGDELIVERY_MODULE -PassThru) | Where-Object { $_.Parameters.ContainsKey('EndpointUrl') -and $_.Name -ne 'Restore-LogDeliveryPolicy' } | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment

    # It takes connections and never answers.
    $script:silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $silent.Start()
    $script:url = "http://127.0.0.1:$($silent.LocalEndpoint.Port)"
    $script:of = @{ BucketName = 'amzn-s3-demo-bucket' }
    $script:given = @{
        'Get-LogDeliveryAlarm'        = @{}
        'Get-LogDeliveryDestination'  = @{ Path = 's3://amzn-s3-demo-bucket/logs' }
        'Get-LogDeliveryFailure'      = @{ Path = 's3://amzn-s3-demo-bucket/logs' }
        'Get-S3ObjectAccess'          = @{ Path = 's3://amzn-s3-demo-bucket/logs' }
        'Get-S3SignatureUsage'        = @{ Path = 's3://amzn-s3-demo-bucket/logs' }
        'Expand-LogSubscription'      = @{ Path = 's3://amzn-s3-demo-bucket/logs' }
        'Select-LogEvent'             = @{ Path = 's3://amzn-s3-demo-bucket/logs'; FilterPattern = 'x' }
        'Get-TrailDeliveryHealth'     = @{}
        'Watch-TrailDeliveryHealth'   = @{ TrailArn = $Trail }
        'New-LogDeliveryAlarm'        = @{ Preset = 'DeliveryFailure'; BucketName = 'amzn-s3-demo-bucket'; LogGroupName = 'events'; TopicArn = 'arn:aws:sns:us-east-1:111122223333:topic'; Confirm = $false }
        'Remove-LogDeliveryAlarm'     = @{ Name = 'alarm'; Confirm = $false }
        'Repair-LogDeliveryPolicy'    = @{ BucketName = 'amzn-s3-demo-bucket'; TrailArn = $Trail; Confirm = $false }
        'Repair-LogDeliveryStream'    = @{ StreamName = 'stream'; Confirm = $false }
        'Test-LogDeliveryStream'      = @{ StreamName = 'stream' }
    }

    # Stops a command as Ctrl+C does, once it has begun, and says after how many seconds it ended.
    function Measure-Stop {
        param([scriptblock] $Script, [hashtable] $With)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($module) Import-Module $module').AddArgument($env:LOGDELIVERY_MODULE).Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript($Script).AddArgument($With)
            $running = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 400
            if ($running.IsCompleted) { throw "It ended before it was stopped. $($shell.Streams.Error)" }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds
        }
        finally { $shell.Dispose() }
    }
}

AfterAll {
    $silent.Stop()
    Restore-AwsEnvironment $environment
}

Describe 'Stopping' {
    # The limit is a second; a machine that others use, too, may take longer, and waiting for an answer would take 90 seconds.
    It '<Name> ends while AWS does not answer' -ForEach $asking {
        $given.Keys | Should -Contain $Name -Because 'a cmdlet that asks AWS is to be stopped in this file'
        $with = @{ EndpointUrl = $url; AccessKey = 'a'; SecretKey = 'b'; Region = 'us-east-1' } + $given[$Name]
        Measure-Stop ([scriptblock]::Create("param(`$with) $Name @with")) $with | Should -BeLessThan 10
    }

    It 'Restore-LogDeliveryPolicy ends while AWS does not answer' {
        $sandbox = Start-Scenario renamed-trail
        $to = Get-SandboxParameter $sandbox
        $folder = Join-Path $TestDrive 'backups'
        Repair-LogDeliveryPolicy -BucketName $TrailBucket -BackupFolder $folder -Confirm:$false @to
        $sandbox | Stop-LogDeliverySandbox
        $with = @{ EndpointUrl = $url; AccessKey = 'a'; SecretKey = 'b'; Region = 'us-east-1'; BackupFolder = $folder; Id = (Get-LogDeliveryPolicyBackup -BackupFolder $folder).Id; Confirm = $false }
        Measure-Stop { param($with) Restore-LogDeliveryPolicy @with } $with | Should -BeLessThan 10
    }

    It 'Compare-LogDeliveryPolicy ends in the middle of a comparison' {
        $random = [Random]::new(4)
        $statements = foreach ($i in 0..59) {
            $keys = @{}
            while ($keys.Count -lt 3) { $keys["aws:RequestTag/k$($random.Next(16))"] = 'a', ('b', 'c')[$random.Next(2)] }
            @{ Effect = ('Allow', 'Deny')[$i % 2]; Principal = '*'; Action = 's3:GetObject'; Resource = 'arn:aws:s3:::amzn-s3-demo-bucket/*'; Condition = @{ StringEquals = $keys } }
        }
        $before = @{ Version = '2012-10-17'; Statement = $statements } | ConvertTo-Json -Depth 9
        foreach ($i in 0..19) { $statements[$i].Effect = ('Deny', 'Allow')[$i % 2] }
        $after = @{ Version = '2012-10-17'; Statement = $statements } | ConvertTo-Json -Depth 9
        $with = @{ ReferencePolicy = $before; DifferencePolicy = $after; MaxCells = [int]::MaxValue }
        Measure-Stop { param($with) Compare-LogDeliveryPolicy @with } $with | Should -BeLessThan 10
    }
}

Describe 'Waiting for AWS' {
    It 'ends after CallTimeout' {
        $health = Get-TrailDeliveryHealth -Region us-east-1 -EndpointUrl $url -AccessKey a -SecretKey b -CallTimeout 0.5 -ErrorVariable errors -ErrorAction SilentlyContinue
        $health | Should -BeNullOrEmpty
        "$errors" | Should -BeLike '*no answer in time*'
    }

    It 'refuses a CallTimeout of <_>' -ForEach @(0, -1, 86401) {
        { Get-TrailDeliveryHealth -CallTimeout $_ } | Should -Throw '*above zero and of a day at most*'
    }

    It 'names the URL where nobody listens' {
        $free = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $free.Start()
        $nobody = "http://127.0.0.1:$($free.LocalEndpoint.Port)"
        $free.Stop()
        Get-TrailDeliveryHealth -Region us-east-1 -EndpointUrl $nobody -AccessKey a -SecretKey b -ErrorVariable errors -ErrorAction SilentlyContinue
        "$errors" | Should -BeLike "*cannot reach $nobody*"
    }

    It 'names what it waits for with -Verbose and in progress' {
        $sandbox = Start-Scenario healthy
        $sandbox.SetFaults('{ "operation": "DescribeTrails", "throttleRate": 1, "times": 1 }')
        $shell = [powershell]::Create()
        $with = Get-SandboxParameter $sandbox
        $null = $shell.AddScript('param($module, $with) Import-Module $module; Get-TrailDeliveryHealth @with -Verbose').AddArgument($env:LOGDELIVERY_MODULE).AddArgument($with)
        $shell.Invoke().State | Should -Contain 'Healthy'
        "$($shell.Streams.Verbose)" | Should -BeLike '*CloudTrail DescribeTrails at 127.0.0.1: throttled (*); attempt 2 of 5 follows.*'
        "$($shell.Streams.Progress)" | Should -BeLike '*Waiting for AWS*throttled*'
        $shell.Dispose()
        $sandbox | Stop-LogDeliverySandbox
    }
}
