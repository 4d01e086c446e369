BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:Logs = Join-Path $script:Samples 'object-access'
    $script:File = Join-Path $script:Logs 'data-events.json'
}

Describe 'Get-S3SignatureUsage' {
    It 'gives one object for each caller, agent, bucket and version' {
        $usage = Get-S3SignatureUsage -Path $script:Logs -Version SigV2
        @($usage).Count | Should -Be 1
        $usage | Should -BeOfType ([LogDelivery.S3SignatureUsage])
        $usage.Arn | Should -BeExactly 'arn:aws:iam::111122223333:user/backup'
        $usage.UserAgent | Should -BeLike '`[Boto/2.49.0*'
        $usage.BucketName | Should -BeExactly 'amzn-s3-demo-confidential'
        $usage.Version | Should -BeExactly 'SigV2'
        $usage.Count | Should -Be 2
        $usage.FirstSeen | Should -Be ([datetime]::new(2026, 2, 2, 8, 5, 10, [DateTimeKind]::Utc))
        $usage.LastSeen | Should -Be ([datetime]::new(2026, 2, 2, 8, 6, 11, [DateTimeKind]::Utc))
        $usage.LastSeen.Kind | Should -Be 'Utc'
    }

    It 'gives every version when none is asked for' {
        (Get-S3SignatureUsage $script:File).Version | Sort-Object -Unique | Should -Be 'SigV2', 'SigV4'
    }

    It 'reads both kinds of log, and what Get-ChildItem pipes' {
        $both = Get-ChildItem -Recurse -File -Path $script:Logs, (Join-Path $script:Samples 'logs') | Get-S3SignatureUsage
        $both.BucketName | Sort-Object -Unique | Should -Contain 'amzn-s3-demo-flow-logs'
        ($both | Measure-Object -Property Count -Sum).Sum | Should -Be 16
    }

    It 'filters by time and bucket' {
        Get-S3SignatureUsage $script:File -Version SigV2 -After ([datetime]::new(2026, 2, 2, 8, 6, 0, [DateTimeKind]::Utc)) | ForEach-Object Count | Should -Be 1
        Get-S3SignatureUsage $script:File -Version SigV2 -Before ([datetime]::new(2026, 2, 2, 8, 0, 0, [DateTimeKind]::Utc)) | Should -BeNullOrEmpty
        Get-S3SignatureUsage $script:File -BucketName amzn-s3-demo-other | Should -BeNullOrEmpty
    }

    It 'tells of what cannot be read, and gives the rest' {
        $page = Join-Path $TestDrive 'page.json'
        Set-Content -LiteralPath $page -Value '<html></html>'
        $usage = Get-S3SignatureUsage -Path $page, $script:File -Version SigV2 -ErrorVariable failed -ErrorAction SilentlyContinue
        $usage.Count | Should -Be 2
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'LogNotALog,*'
        $failed[0].TargetObject | Should -Be $page
    }

    It 'says what is wrong with a place in S3' {
        Get-S3SignatureUsage -Path s3:// -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InvalidS3Url,*'
    }

    Context 'in S3' {
        BeforeAll {
            $script:environment = Clear-AwsEnvironment
            $script:sandbox = Start-Scenario removed-statements
            $script:aws = Get-SandboxParameter $script:sandbox
        }

        AfterAll {
            $script:sandbox | Stop-LogDeliverySandbox
            Restore-AwsEnvironment $script:environment
        }

        It 'reads the objects below a prefix' {
            $usage = Get-S3SignatureUsage -Path s3://amzn-s3-demo-evidence/AWSLogs/ @aws
            $usage.Arn | Should -Be 'delivery.logs.amazonaws.com'
            $usage.Version | Should -Be 'SigV4'
        }

        It 'does not read other days' {
            Get-S3SignatureUsage -Path s3://amzn-s3-demo-evidence/ -Before (Get-Date).AddDays(-3) @aws -ErrorVariable failed -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'LogNotFound,*'
        }

        It 'serves Get-LogDeliveryFailure as well' {
            $failures = Get-LogDeliveryFailure -Path s3://amzn-s3-demo-evidence/ -Summary @aws
            $failures.BucketName | Should -Be 'amzn-s3-demo-flow-logs'
        }
    }
}
