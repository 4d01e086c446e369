BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:environment = Clear-AwsEnvironment
    $script:sandbox = Start-LogDeliverySandbox
    $script:to = Get-SandboxParameter $sandbox
    $script:scenario = Get-Content -LiteralPath (Join-Path $Samples 'scenarios/renamed-trail.json') -Raw
    $script:flowScenario = Get-Content -LiteralPath (Join-Path $Samples 'scenarios/removed-statements.json') -Raw
    function Get-Write { ($sandbox.GetState() | ConvertFrom-Json -AsHashtable).calls['s3:PutBucketPolicy'] ?? 0 }
}

AfterAll {
    $sandbox | Stop-LogDeliverySandbox
    Restore-AwsEnvironment $environment
}

Describe 'Repair-LogDeliveryPolicy without a document' {
    BeforeEach {
        $sandbox.LoadScenario($scenario)
        $sandbox.SetFaults('{}')
        $script:folder = Join-Path $TestDrive ([guid]::NewGuid())
        $script:live = @{ BackupFolder = $folder; Confirm = $false } + $to
    }

    Context 'what is repaired' {
        It 'is said by <What>' -ForEach @(
            @{ What = 'the bucket'; Repair = { Repair-LogDeliveryPolicy -BucketName $TrailBucket @live } }
            @{ What = 'the bucket and the source'; Repair = { Repair-LogDeliveryPolicy CloudTrail -BucketName $TrailBucket @live } }
            @{ What = 'a trail'; Repair = { Repair-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket @live } }
            @{ What = 'Get-TrailDeliveryHealth'; Repair = { $at = $live.Clone(); $at.Remove('Region'); Get-TrailDeliveryHealth @to | Repair-LogDeliveryPolicy @at } }
            @{ What = 'Get-CTTrail'; Repair = { $at = $live.Clone(); $at.Remove('Region'); New-TrailObject | Repair-LogDeliveryPolicy @at } }
            @{ What = 'Get-S3Bucket'; Repair = { [pscustomobject] @{ BucketName = $TrailBucket; CreationDate = [datetime]::UtcNow; BucketRegion = 'us-east-1' } | Repair-LogDeliveryPolicy @live } }
            @{ What = 'Test-LogDeliveryBucketPolicy'; Repair = {
                    $rows = Test-LogDeliveryBucketPolicy -TrailArn $Trail -BucketName $TrailBucket -Path (Join-Path $Samples 'renamed-trail.json') | Where-Object Blocks
                    $at = $live.Clone(); $at.Remove('Region'); $rows | Repair-LogDeliveryPolicy @at
                } }
            @{ What = 'a sandbox'; Repair = { $sandbox | Repair-LogDeliveryPolicy -BucketName $TrailBucket -BackupFolder $folder -Confirm:$false } }
            @{ What = 'the switch as well'; Repair = { Repair-LogDeliveryPolicy -BucketName $TrailBucket -Live @live } }
        ) {
            & $Repair | Should -BeNullOrEmpty
            $sandbox.Advance(5)
            (Get-TrailDeliveryHealth @to).State | Should -Be 'Healthy'
            Get-Write | Should -Be 1
        }

        It 'is each bucket once, for all deliveries that are piped in' {
            $sandbox.LoadScenario($flowScenario)
            $records = [pscustomobject] @{ BucketName = 'amzn-s3-demo-flow-logs'; Source = 'VpcFlowLogs' }, [pscustomobject] @{ BucketName = 'amzn-s3-demo-flow-logs'; Source = 'AlbAccessLogs' } | Repair-LogDeliveryPolicy @live -PassThru
            @($records).Count | Should -Be 1
            $records.Deliveries.Count | Should -Be 2
            Get-Write | Should -Be 1
        }

        It 'goes on after one that cannot be' {
            $records = 'no-such-bucket-at-all', $TrailBucket | ForEach-Object { [pscustomobject] @{ BucketName = $_ } } | Repair-LogDeliveryPolicy @live -PassThru -ErrorVariable problems -ErrorAction SilentlyContinue
            $records.Outcome | Should -Be 'Blocked', 'Repaired'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RepairIncomplete,*'
            "$($problems[0])" | Should -BeLike '*LD0070*free for every AWS account*'
        }
    }

    Context 'told apart from documents' {
        It 'asks AWS nothing when text is piped in' {
            $calls = $sandbox.GetState()
            $repaired = Get-Content -LiteralPath (Join-Path $Samples 'renamed-trail.json') -Raw | Repair-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket
            $repaired | Should -BeLike "*$Trail*"
            $sandbox.GetState() | Should -Be $calls
        }

        It 'does nothing when nothing comes through the pipeline' {
            @() | Repair-LogDeliveryPolicy -BucketName $TrailBucket @live
            Get-Write | Should -Be 0
        }

        It 'takes no document with -Live' {
            $given = '{"Version":"2012-10-17","Statement":[]}' | Repair-LogDeliveryPolicy -Live -BucketName $TrailBucket @live -ErrorVariable problems -ErrorAction SilentlyContinue
            $given | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
            Get-Write | Should -Be 0
        }

        It 'does not take <_> without a document' -ForEach 'OutFile', 'InPlace', 'Target' {
            $with = @{ $_ = if ($_ -eq 'InPlace') { $true } elseif ($_ -eq 'Target') { 'Key' } else { 'x.json' } }
            { Repair-LogDeliveryPolicy -BucketName $TrailBucket @live @with } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
            Get-Write | Should -Be 0
        }

        It 'loads nothing of AWS for a document' {
            $shown = Invoke-Child "Get-Content '$Samples/renamed-trail.json' -Raw | Repair-LogDeliveryPolicy -TrailArn '$Trail' -BucketName $TrailBucket | Out-Null; [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { `$_.GetName().Name } | Where-Object { `$_ -like 'AWSSDK*' }"
            $shown.Trim() | Should -BeNullOrEmpty
        }
    }

    Context '-WhatIf' {
        BeforeAll {
            $script:with = "-EndpointUrl $($to.EndpointUrl) -AccessKey $($to.AccessKey) -SecretKey $($to.SecretKey) -Region us-east-1 -BucketName $TrailBucket"
        }

        It 'shows the diff, the proof and who gains access, and writes nothing: <_>' -ForEach '', '-Force', '-Confirm:$false' {
            $shown = Invoke-Child "Repair-LogDeliveryPolicy $with -BackupFolder '$folder' -WhatIf $_"
            $shown | Should -BeLike 'What if: Repair the bucket policy in arn:aws:s3:::*'
            $shown | Should -Match '(?m)^\+         "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization"'
            $shown | Should -BeLike '*Proof:*0 in excess.*Gains access: cloudtrail.amazonaws.com s3:*'
            Get-Write | Should -Be 0
            $folder | Should -Not -Exist
        }

        It 'gives the record when asked for' {
            $record = Repair-LogDeliveryPolicy -BucketName $TrailBucket @to -BackupFolder $folder -WhatIf -PassThru
            $record | Should -BeOfType ([LogDelivery.PolicyRepairRecord])
            $record.Outcome | Should -Be 'Planned'
            $record.Plan.Certificate.IsValid | Should -BeTrue
            $folder | Should -Not -Exist
        }

        It 'is obeyed as a preference' {
            $WhatIfPreference = $true
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @to -BackupFolder $folder -Force
            Get-Write | Should -Be 0
        }
    }

    Context 'confirmation' {
        It 'is needed where nobody can be asked' {
            $shown = Invoke-Child "Repair-LogDeliveryPolicy -EndpointUrl $($to.EndpointUrl) -AccessKey $($to.AccessKey) -SecretKey $($to.SecretKey) -Region us-east-1 -BucketName $TrailBucket -BackupFolder '$folder'"
            $shown | Should -BeLike '*NonInteractive*'
            Get-Write | Should -Be 0
        }

        It 'is not asked for with <_>' -ForEach '-Confirm:$false', '-Force' {
            $shown = Invoke-Child "Repair-LogDeliveryPolicy -EndpointUrl $($to.EndpointUrl) -AccessKey $($to.AccessKey) -SecretKey $($to.SecretKey) -Region us-east-1 -BucketName $TrailBucket -BackupFolder '$folder' $_"
            $shown.Trim() | Should -BeNullOrEmpty
            Get-Write | Should -Be 1
        }
    }

    Context 'records, backups and journal' {
        It 'gives a record for each document' {
            $record = Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -PassThru
            $record.Outcome | Should -Be 'Repaired'
            $record.IsLetIn | Should -BeTrue
            $record.VerdictsBefore.Verdict | Should -Contain 'ImplicitDeny'
            $record.BackupId | Should -Be (Get-LogDeliveryPolicyBackup -BackupFolder $folder).Id
            $record | Out-String -Width 150 | Should -Match '(?m)^Repaired +Bucket +arn:aws:s3:::'
            $record | Format-List | Out-String -Width 150 | Should -BeLike '*Proof*0 in excess*'
        }

        It 'keeps the backup for the owner alone' -Skip:$IsWindows {
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live
            (Get-Item -LiteralPath (Get-LogDeliveryPolicyBackup -BackupFolder $folder).Path).UnixMode | Should -Be '-rw-------'
            (Get-Item -LiteralPath $folder).UnixMode | Should -Be 'drwx------'
        }

        It 'adds to the journal that is named' {
            $journal = Join-Path $TestDrive 'audit.jsonl'
            1..2 | ForEach-Object { Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -JournalPath $journal }
            (Get-Content -LiteralPath $journal | ConvertFrom-Json).Outcome | Should -Be 'Started', 'Repaired', 'NothingToDo'
        }
    }

    Context 'errors' {
        It 'has <Id> when <When>' -ForEach @(
            @{ Id = 'AccessDenied'; When = 'the policy may not be written'; Faults = '{"rules":[{"operation":"s3:PutBucketPolicy","deny":true}]}' }
            @{ Id = 'CredentialsRefused'; When = 'the credentials expire in the middle'; Faults = '{"rules":[{"operation":"PutBucketPolicy","expired":true}]}' }
            @{ Id = 'CredentialsRefused'; When = 'the credentials have expired'; Faults = '{"rules":[{"expired":true}]}' }
            @{ Id = 'PolicyChanged'; When = 'somebody changes the policy after it was read'; Faults = '{"policyChanges":[{"bucket":"amzn-s3-demo-trail-logs","policy":{"Version":"2012-10-17","Statement":[]}}]}' }
        ) {
            $sandbox.SetFaults($Faults)
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -ErrorVariable problems -ErrorAction SilentlyContinue
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -Be "$Id,LogDelivery.Commands.RepairLogDeliveryPolicyCommand"
            $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $sandbox.SetFaults('{}')
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live
            $sandbox.Advance(5)
            (Get-TrailDeliveryHealth @to).State | Should -Be 'Healthy'
        }

        It 'has RepairIncomplete for what no policy mends, and touches nothing' {
            $sandbox.LoadScenario((Get-Content -LiteralPath (Join-Path $Samples 'scenarios/disabled-key.json') -Raw))
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -IncludeKeyPolicy -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RepairIncomplete,*'
            "$($problems[0])" | Should -BeLike '*LD0043*'
            Get-Write | Should -Be 0
        }

        It 'has BackupFailed where no backup can be kept, and writes nothing' {
            $live.BackupFolder = Join-Path $Samples 'README.md'
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -JournalPath (Join-Path $TestDrive 'j') -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'BackupFailed,*'
            Get-Write | Should -Be 0
        }

        It 'has NotRecovered when nothing is delivered in time' {
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -Wait -WaitTimeout 1 -PollingInterval 1 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotRecovered,*'
        }

        It 'has InvalidDelivery for a bucket that no trail delivers to' {
            Repair-LogDeliveryPolicy -BucketName $TrailBucket -AccountId 444455556666 @live -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDelivery,*'
        }

        It 'does not write to a bucket of another account than expected' {
            Repair-LogDeliveryPolicy -BucketName $TrailBucket @live -ExpectedBucketOwner 444455556666 -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0])" | Should -BeLike '*LD0080*'
            Get-Write | Should -Be 0
        }
    }
}
