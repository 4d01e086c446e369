BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    if (-not ('Amazon.Fake.Credentials' -as [type])) {
        Add-Type -TypeDefinition @'
namespace Amazon.Fake
{
    public class Keys { public string AccessKey => "111122223333"; public string SecretKey => "sandbox"; public string Token => null; }
    public class Credentials { public Keys GetCredentials() => new Keys(); }
}
'@
    }

    $script:environment = Clear-AwsEnvironment
    $script:healthy = Start-Scenario healthy
    $script:renamed = Start-Scenario renamed-trail
    $script:toHealthy = Get-SandboxParameter $healthy
    $script:toRenamed = Get-SandboxParameter $renamed
}

AfterAll {
    $healthy, $renamed | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Get-TrailDeliveryHealth' {
    BeforeEach {
        $healthy.SetFaults('{}')
    }

    Context 'states' {
        It 'calls a trail healthy whose files arrive' {
            $health = Get-TrailDeliveryHealth @toHealthy
            $health | Should -BeOfType ([LogDelivery.TrailDeliveryHealth])
            $health.State | Should -Be 'Healthy'
            $health.Name | Should -Be 'management'
            $health.S3.LastTime | Should -Not -BeNullOrEmpty
            $health.Cause | Should -BeNullOrEmpty
        }

        It 'names the statement that still has the old name of a trail' {
            $health = Get-TrailDeliveryHealth @toRenamed
            $health.State | Should -Be 'Failing'
            $health.IsLogging | Should -BeTrue
            $health.S3.Error | Should -Be 'AccessDenied'
            $health.Cause.Id | Should -Contain 'LD0003'
            $health.Cause[0].Evidence | Should -BeLike "*$OldTrail*$Trail*"
        }

        It 'says which permission is missing to know it' {
            $healthy.SetFaults('{ "rules": [ { "operation": "GetTrailStatus", "deny": true } ] }')
            $health = Get-TrailDeliveryHealth @toHealthy
            $health.State | Should -Be 'Unknown'
            $health.MissingPermissions | Should -Be 'cloudtrail:GetTrailStatus'
        }

        It 'looks at the policies of a healthy trail only when asked for details' {
            (Get-TrailDeliveryHealth @toHealthy).Rows | Should -BeNullOrEmpty
            (Get-TrailDeliveryHealth @toHealthy -Detailed).Rows.Verdict | Should -Contain 'Allowed'
        }
    }

    Context 'which trails' {
        It 'takes <What>' -ForEach @(
            @{ What = 'a name'; Get = { Get-TrailDeliveryHealth organization @toRenamed } }
            @{ What = 'an ARN'; Get = { Get-TrailDeliveryHealth -TrailArn $Trail @toRenamed } }
            @{ What = 'a piped name'; Get = { 'organization' | Get-TrailDeliveryHealth @toRenamed } }
            @{ What = 'an object of Get-CTTrail'; Get = { New-TrailObject | Get-TrailDeliveryHealth @toRenamed } }
            @{ What = 'the ARN of an object with another name'; Get = { New-TrailObject -With @{ Name = 'another' } | Get-TrailDeliveryHealth @toRenamed } }
            @{ What = 'an object with a name only'; Get = { [pscustomobject] @{ Name = 'organization' } | Get-TrailDeliveryHealth @toRenamed } }
            @{ What = 'what it gave before'; Get = { $to = $toRenamed.Clone(); $to.Remove('Region'); Get-TrailDeliveryHealth @toRenamed | Get-TrailDeliveryHealth @to } }
            @{ What = 'a sandbox'; Get = { $renamed | Get-TrailDeliveryHealth } }
        ) {
            $health = & $Get
            @($health).Count | Should -Be 1
            $health.TrailArn | Should -Be $Trail
        }

        It 'looks in several Regions, and in all' {
            $to = $toHealthy.Clone()
            $to.Region = 'us-east-1', 'eu-west-1'
            (Get-TrailDeliveryHealth @to).Region | Sort-Object | Should -Be 'eu-west-1', 'us-east-1'
            @(Get-TrailDeliveryHealth @toHealthy -AllRegion).Count | Should -BeGreaterThan 2
        }

        It 'takes the Region of an ARN when none is given, and not the home Region of an object' {
            $to = $toHealthy.Clone()
            $to.Region = 'eu-west-1'
            New-TrailObject -Arn $OldTrail | Get-TrailDeliveryHealth @to | ForEach-Object Region | Should -Be 'eu-west-1'
            $to.Remove('Region')
            Get-TrailDeliveryHealth $OldTrail @to | ForEach-Object Region | Should -Be 'us-east-1'
        }

        It 'looks at nothing when nothing is piped in, and says that nothing can be told' {
            @() | Get-TrailDeliveryHealth @toHealthy -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'TrailNotFound,*'
        }

        It 'takes on a role, by its ARN or by account and name' {
            (Get-TrailDeliveryHealth @toHealthy -RoleArn arn:aws:iam::111122223333:role/Audit).State | Should -Be 'Healthy'
            (Get-TrailDeliveryHealth @toHealthy -AccountId 111122223333, 444455556666 -RoleName Audit).AccountId | Should -Be '111122223333'
        }
    }

    Context 'credentials and Region' {
        It 'takes the Region and the credentials that the shell has stored' {
            $StoredAWSRegion = 'us-east-1'
            $StoredAWSCredentials = [Amazon.Fake.Credentials]::new()
            (Get-TrailDeliveryHealth -EndpointUrl $healthy.EndpointUrl).State | Should -Be 'Healthy'
            $StoredAWSRegion, $StoredAWSCredentials | Should -Not -BeNullOrEmpty
        }

        It 'takes credentials as an object' {
            (Get-TrailDeliveryHealth -Region us-east-1 -EndpointUrl $healthy.EndpointUrl -Credential ([Amazon.Fake.Credentials]::new())).State | Should -Be 'Healthy'
        }

        It 'asks AWS.Tools for a profile when it is there' {
            function Get-AWSCredential { param($ProfileName) if ($ProfileName -eq 'of-the-shell') { [Amazon.Fake.Credentials]::new() } }
            (Get-TrailDeliveryHealth -Region us-east-1 -EndpointUrl $healthy.EndpointUrl -ProfileName of-the-shell).State | Should -Be 'Healthy'
        }

        It 'says so when AWS.Tools does not give the credentials' {
            function Get-AWSCredential { throw 'No login.' }
            { Get-TrailDeliveryHealth -Region us-east-1 -ProfileName of-the-shell } | Should -Throw -ErrorId 'ProfileUnusable,*' -ExpectedMessage '*No login*'
        }

        It 'takes the environment' {
            $env:AWS_ACCESS_KEY_ID = $healthy.AccessKey
            $env:AWS_SECRET_ACCESS_KEY = $healthy.SecretKey
            $env:AWS_REGION = 'us-east-1'
            $env:AWS_ENDPOINT_URL = $healthy.EndpointUrl
            try {
                (Get-TrailDeliveryHealth).State | Should -Be 'Healthy'
            }
            finally {
                $env:AWS_ACCESS_KEY_ID = $env:AWS_SECRET_ACCESS_KEY = $env:AWS_REGION = $env:AWS_ENDPOINT_URL = $null
            }
        }

        It 'has the parameter names and aliases of AWS.Tools' {
            $parameters = (Get-Command Get-TrailDeliveryHealth).Parameters
            $parameters.AccessKey.Aliases | Should -Contain 'AK'
            $parameters.SecretKey.Aliases | Should -Contain 'SK'
            $parameters.SessionToken.Aliases | Should -Contain 'ST'
            $parameters.ProfileName.Aliases | Should -Contain 'StoredCredentials'
            $parameters.Region.Aliases | Should -Be 'RegionToCall'
        }

        It 'never shows a secret' {
            $shown = Get-TrailDeliveryHealth -Region us-east-1 -EndpointUrl $healthy.EndpointUrl -AccessKey 111122223333 -SecretKey very-secret -SessionToken also-secret -Verbose 4>&1 | Out-String
            $shown | Should -BeLike '*cloudtrail:GetTrailStatus*'
            $shown | Should -Not -BeLike '*secret*'
        }
    }

    Context 'errors' {
        It 'ends with <Id>' -ForEach @(
            @{ Id = 'NoCredentials'; With = @{ Region = 'us-east-1' } }
            @{ Id = 'NoRegion'; With = @{ AccessKey = 'a'; SecretKey = 'b' } }
            @{ Id = 'InvalidRegion'; With = @{ AccessKey = 'a'; SecretKey = 'b'; Region = 'nowhere' } }
            @{ Id = 'InvalidEndpointUrl'; With = @{ AccessKey = 'a'; SecretKey = 'b'; Region = 'us-east-1'; EndpointUrl = 'nowhere' } }
            @{ Id = 'IncompleteKeys'; With = @{ AccessKey = 'a'; Region = 'us-east-1' } }
            @{ Id = 'ProfileNotFound'; With = @{ ProfileName = 'nobody'; Region = 'us-east-1' } }
            @{ Id = 'InvalidCredential'; With = @{ Credential = 'text'; Region = 'us-east-1' } }
            @{ Id = 'InvalidRequest'; With = @{ AccountId = '111122223333'; Region = 'us-east-1' } }
        ) {
            { Get-TrailDeliveryHealth @With -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "$Id,LogDelivery.Commands.GetTrailDeliveryHealthCommand"
        }

        It 'goes on after a trail that is not there' {
            $health = 'nowhere', 'management' | Get-TrailDeliveryHealth @toHealthy -ErrorVariable errors -ErrorAction SilentlyContinue
            $health.Name | Should -Be 'management'
            $errors.FullyQualifiedErrorId | Should -Be 'TrailNotFound,LogDelivery.Commands.GetTrailDeliveryHealthCommand'
            $errors.TargetObject | Should -Be 'nowhere'
            $errors.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'names the missing permission of a Region, and goes on with the others' {
            $healthy.SetFaults('{ "rules": [ { "operation": "DescribeTrails", "region": "eu-west-1", "deny": true } ] }')
            $to = $toHealthy.Clone()
            $to.Region = 'us-east-1', 'eu-west-1'
            $health = Get-TrailDeliveryHealth @to -ErrorVariable errors -ErrorAction SilentlyContinue
            $health.Region | Should -Be 'us-east-1'
            $errors.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
            $errors.CategoryInfo.Category | Should -Be 'PermissionDenied'
            $errors.TargetObject | Should -Be 'eu-west-1'
            $errors.ErrorDetails.RecommendedAction | Should -BeLike '*cloudtrail:DescribeTrails*'
        }

        It 'names the role that cannot be taken on, and goes on with the others' {
            $healthy.SetFaults('{ "rules": [ { "operation": "AssumeRole", "deny": true, "times": 1 } ] }')
            $health = Get-TrailDeliveryHealth @toHealthy -AccountId 111122223333 -RoleName Audit -ErrorVariable errors -ErrorAction SilentlyContinue
            $health | Should -BeNullOrEmpty
            $errors.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
            $errors.TargetObject | Should -Be 'arn:aws:iam::111122223333:role/Audit'
            $errors.ErrorDetails.RecommendedAction | Should -BeLike '*sts:AssumeRole*'
        }

        It 'says when nothing answers at the endpoint' {
            Get-TrailDeliveryHealth -Region us-east-1 -AccessKey a -SecretKey b -EndpointUrl http://127.0.0.1:9 -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors.FullyQualifiedErrorId | Should -BeLike 'ServiceUnavailable,*'
            $errors.CategoryInfo.Category | Should -Be 'ConnectionError'
        }
    }

    Context 'stopping' {
        It 'stops at once when the pipeline is stopped' {
            $healthy.SetFaults('{ "rules": [ { "operation": "GetTrailStatus", "latencyMs": 20000 } ] }')
            $shell = [powershell]::Create()
            $null = $shell.AddScript('param($module, $to) Import-Module $module; Get-TrailDeliveryHealth @to').AddArgument($env:LOGDELIVERY_MODULE).AddArgument($toHealthy)
            $running = $shell.BeginInvoke()
            Start-Sleep -Seconds 2
            $running.IsCompleted | Should -BeFalse
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Dispose()
        }

        It 'asks no more when nobody reads on' {
            $to = $toHealthy.Clone()
            $to.Region = 'us-east-1', 'eu-west-1', 'us-west-2'
            @(Get-TrailDeliveryHealth @to | Select-Object -First 1).Count | Should -Be 1
        }
    }
}
