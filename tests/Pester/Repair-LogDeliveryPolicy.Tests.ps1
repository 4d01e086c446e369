BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:delivery = @{ TrailArn = $Trail; BucketName = $TrailBucket }
    $script:flowLogs = @{ Source = 'VpcFlowLogs'; AccountId = '111122223333'; Region = 'us-east-1'; BucketName = 'amzn-s3-demo-perimeter-logs' }
    $script:perimeter = Join-Path $Samples 'org-perimeter.json'
    $script:text = Get-Content -LiteralPath (Join-Path $Samples 'renamed-trail.json') -Raw
}

Describe 'Repair-LogDeliveryPolicy' {
    BeforeEach {
        $script:file = Join-Path $TestDrive 'policy.json'
        Set-Content -LiteralPath $file -Value $text -NoNewline
    }

    Context 'text out' {
        It 'gives one text that lets the delivery in, and keeps what was let in' {
            $repaired = @($text | Repair-LogDeliveryPolicy @delivery)
            $repaired | Should -HaveCount 1
            $repaired[0] | Should -BeOfType ([string])
            $repaired | Test-LogDeliveryBucketPolicy -TrailArn $Trail, $OldTrail -BucketName $TrailBucket -Quiet | Should -BeTrue
        }

        It 'gives the text back unchanged when there is nothing to do' {
            $text | Repair-LogDeliveryPolicy -TrailArn $OldTrail -BucketName $TrailBucket | Should -BeExactly $text
        }

        It 'takes a file, and leaves it alone' {
            Repair-LogDeliveryPolicy @delivery -Path $file | Should -BeExactly ($text | Repair-LogDeliveryPolicy @delivery)
            Get-Content -LiteralPath $file -Raw | Should -BeExactly $text
        }

        It 'asks nobody' {
            Invoke-Child "Get-Content '$file' -Raw | Repair-LogDeliveryPolicy -TrailArn '$Trail' -BucketName $TrailBucket" | Should -BeLike '*trail/organization*'
        }

        It 'collects the trails of the pipeline for one document' {
            $third = 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/third'
            $repaired = @((New-TrailObject), (New-TrailObject -Arn $third) | Repair-LogDeliveryPolicy -PolicyDocument $text)
            $repaired | Should -HaveCount 1
            $repaired | Test-LogDeliveryBucketPolicy -TrailArn $Trail, $third -BucketName $TrailBucket -Quiet | Should -BeTrue
        }

        It 'takes the rows of a test, with all that they say of the delivery' {
            $asked = @{ Source = 'VpcFlowLogs'; AccountId = '111122223333', '444455556666'; Region = 'us-east-1'; BucketName = $TrailBucket; KeyPrefix = 'audit'; HiveCompatiblePartitions = $true }
            $rows = Test-LogDeliveryBucketPolicy @asked -PolicyDocument $text | Where-Object Blocks | Sort-Object -Property Call
            $plan = $rows | Repair-LogDeliveryPolicy -PolicyDocument $text -PassThru
            $plan.Deliveries.Count | Should -Be 2
            $plan.After.Text | Should -BeLike '*audit/AWSLogs/aws-account-id=111122223333/*'
        }

        It 'repairs every document of the pipeline' {
            $other = '{"Version":"2012-10-17","Statement":[]}'
            $repaired = $text, $other | Repair-LogDeliveryPolicy @delivery
            $repaired.Count | Should -Be 2
            $repaired | ForEach-Object { $_ | Test-LogDeliveryBucketPolicy @delivery -Quiet | Should -BeTrue }
        }

        It 'repairs key policies' {
            $key = @{ TrailArn = $Trail; BucketName = 'amzn-s3-demo-encrypted-logs'; KmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd' }
            $repaired = Repair-LogDeliveryPolicy @key -Target Key -Path (Join-Path $Samples 'encrypted-trail-key.json')
            $repaired | Test-LogDeliveryKeyPolicy @key -Quiet | Should -BeTrue
        }
    }

    Context 'the plan' {
        It 'is given in place of the text with -PassThru' {
            $plan = Repair-LogDeliveryPolicy @delivery -Path $file -PassThru
            $plan | Should -BeOfType ([LogDelivery.Repair.RepairPlan])
            $plan.Succeeds | Should -BeTrue
            $plan.Certificate.IsValid | Should -BeTrue
            $plan.After.Text | Should -BeLike "*$Trail*"
            $plan.Diff | Should -Contain '-       "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/management"'
        }

        It 'can be piped on as a document' {
            $plan = Repair-LogDeliveryPolicy @delivery -Path $file -PassThru
            $plan.After | Test-LogDeliveryBucketPolicy @delivery -Quiet | Should -BeTrue
        }
    }

    Context 'what is done only when asked for' {
        It 'narrows no Deny by itself, and says what stands in the way' {
            $repaired = Repair-LogDeliveryPolicy @flowLogs -Path $perimeter -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'RepairIncomplete,*'
            $problems[0].Exception.Message | Should -BeLike '*OnlyOurOrganization*'
            $problems[0].TargetObject | Should -Be $perimeter
            $repaired | Test-LogDeliveryBucketPolicy @flowLogs -Quiet | Should -BeFalse
        }

        It 'gives no text under -ErrorAction Stop when the repair is not complete' {
            $given = @(try { Repair-LogDeliveryPolicy @flowLogs -Path $perimeter -ErrorAction Stop } catch { $_.FullyQualifiedErrorId })
            $given | Should -HaveCount 1
            $given | Should -BeLike 'RepairIncomplete,*'
        }

        It 'narrows with -NarrowDeny, and lets in nothing else' {
            $repaired = Repair-LogDeliveryPolicy @flowLogs -Path $perimeter -NarrowDeny
            $repaired | Test-LogDeliveryBucketPolicy @flowLogs -Quiet | Should -BeTrue
            $gained = Compare-LogDeliveryPolicy -ReferencePolicy $perimeter -DifferencePolicy $repaired
            $gained.Change | Sort-Object -Unique | Should -Be 'Gained'
            $gained.Principal | Sort-Object -Unique | Should -Be 'delivery.logs.amazonaws.com'
        }

        It 'drops stale ARNs with -RemoveStale, and warns of what is lost' {
            $repaired = Repair-LogDeliveryPolicy @delivery -Path $file -RemoveStale -WarningVariable warnings -WarningAction SilentlyContinue
            $repaired | Should -Not -BeLike "*$OldTrail*"
            "$warnings" | Should -BeLike "*$OldTrail*"
        }
    }

    Context '-WhatIf' {
        It 'shows the statement diff and the proof, and writes nothing: <_>' -ForEach '', '-InPlace', "-OutFile '{0}/out.json'" {
            $arguments = $_ -f $TestDrive
            $shown = Invoke-Child "Repair-LogDeliveryPolicy -TrailArn '$Trail' -BucketName $TrailBucket -Path '$file' -WhatIf $arguments"
            $shown | Should -BeLike 'What if: Repair the bucket policy in *'
            $shown | Should -Match '(?m)^-       "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/management"'
            $shown | Should -Match '(?m)^\+         "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization"'
            $shown | Should -BeLike '*Proof:*0 in excess.*'
            Get-Content -LiteralPath $file -Raw | Should -BeExactly $text
            Join-Path $TestDrive 'out.json' | Should -Not -Exist
        }

        It 'gives no text, but the plan when asked for' {
            $text | Repair-LogDeliveryPolicy @delivery -WhatIf | Should -BeNullOrEmpty
            ($text | Repair-LogDeliveryPolicy @delivery -WhatIf -PassThru).HasChanges | Should -BeTrue
        }

        It 'obeys $WhatIfPreference' {
            $WhatIfPreference = $true
            $text | Repair-LogDeliveryPolicy @delivery | Should -BeNullOrEmpty
        }
    }

    Context 'writing' {
        It 'replaces the file with -InPlace, and says nothing' {
            Repair-LogDeliveryPolicy @delivery -Path $file -InPlace -Confirm:$false | Should -BeNullOrEmpty
            Test-LogDeliveryBucketPolicy @delivery -Path $file -Quiet | Should -BeTrue
        }

        It 'writes no byte order mark' {
            Repair-LogDeliveryPolicy @delivery -Path $file -InPlace -Confirm:$false
            [System.IO.File]::ReadAllBytes($file)[0] | Should -Be ([byte][char]'{')
        }

        It 'leaves a file alone that needs no repair' {
            $time = (Get-Item -LiteralPath $file).LastWriteTimeUtc = ([datetime] '2026-01-01T00:00:00Z').ToUniversalTime()
            Repair-LogDeliveryPolicy -TrailArn $OldTrail -BucketName $TrailBucket -Path $file -InPlace -Confirm:$false
            (Get-Item -LiteralPath $file).LastWriteTimeUtc | Should -Be $time
        }

        It 'repairs several files in place' {
            $second = Join-Path $TestDrive 'second.json'
            Copy-Item -LiteralPath $file -Destination $second
            Get-ChildItem -Path $TestDrive -Filter *.json | Repair-LogDeliveryPolicy @delivery -InPlace -Confirm:$false
            Test-LogDeliveryBucketPolicy @delivery -Path $file, $second -Quiet | Should -BeTrue
            Remove-Item -LiteralPath $second
        }

        It 'writes to OutFile' {
            $out = Join-Path $TestDrive 'written.json'
            $text | Repair-LogDeliveryPolicy @delivery -OutFile $out -Confirm:$false | Should -BeNullOrEmpty
            Test-LogDeliveryBucketPolicy @delivery -Path $out -Quiet | Should -BeTrue
            Remove-Item -LiteralPath $out
        }

        It 'does not write without confirmation where nobody can be asked' {
            $shown = Invoke-Child "Repair-LogDeliveryPolicy -TrailArn '$Trail' -BucketName $TrailBucket -Path '$file' -InPlace"
            $shown | Should -BeLike '*NonInteractive*'
            Get-Content -LiteralPath $file -Raw | Should -BeExactly $text
        }

        It 'has SeveralDocuments when one file is to take two' {
            $out = Join-Path $TestDrive 'two.json'
            $text, "$text " | Repair-LogDeliveryPolicy @delivery -OutFile $out -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'SeveralDocuments,*'
            $out | Should -Not -Exist
        }

        It 'has PolicyChanged for a file that somebody else has changed meanwhile, and leaves it alone' {
            & { Set-Content -LiteralPath $file -Value 'changed' -NoNewline; New-TrailObject } |
                Repair-LogDeliveryPolicy -Path $file -InPlace -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolicyChanged,*'
            Get-Content -LiteralPath $file -Raw | Should -BeExactly 'changed'
        }

        It 'does not take OutFile and InPlace together' {
            { Repair-LogDeliveryPolicy @delivery -Path $file -InPlace -OutFile x.json } | Should -Throw -ErrorId 'OutFileAndInPlace,*'
        }

        It 'has FileNotWritable for a folder that is not there' {
            $text | Repair-LogDeliveryPolicy @delivery -OutFile (Join-Path $TestDrive 'no/where.json') -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotWritable,*'
        }
    }

    It 'does not put the deliveries to two buckets into one document' {
        $null = (New-TrailObject), (New-TrailObject -With @{ S3BucketName = 'amzn-s3-demo-other-logs' }) | Repair-LogDeliveryPolicy -PolicyDocument $text -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDelivery,*'
    }

    It 'goes on after a bad document' {
        $repaired = '{}', $text | Repair-LogDeliveryPolicy @delivery -ErrorVariable problems -ErrorAction SilentlyContinue
        @($repaired).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolicyFormat,*'
    }
}
