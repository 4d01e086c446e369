BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:renamed = Join-Path $Samples 'renamed-trail.json'
    $script:perimeter = Join-Path $Samples 'org-perimeter.json'
    $script:delivery = @{ TrailArn = $OldTrail; BucketName = $TrailBucket }
}

Describe 'Test-LogDeliveryBucketPolicy' {
    Context 'rows' {
        It 'gives a row per call, all allowed where the policy is right' {
            $rows = Test-LogDeliveryBucketPolicy @delivery -Path $renamed
            $rows.Count | Should -BeGreaterThan 2
            $rows | Should -BeOfType ([LogDelivery.PolicyTestRow])
            $rows.Verdict | Sort-Object -Unique | Should -Be 'Allowed'
            $rows.Blocks | Should -Not -Contain $true
            $rows[0].Sid | Should -Be 'AWSCloudTrailAclCheck20150319'
            $rows[0].StatementIndex | Should -Be 0
        }

        It 'says what stops the trail that was renamed' {
            $rows = Test-LogDeliveryBucketPolicy -TrailArn $Trail -BucketName $TrailBucket -Path $renamed
            $rows.Verdict | Sort-Object -Unique | Should -Be 'ImplicitDeny'
            $rows[0].Blocks | Should -BeTrue
            $rows[0].StatementIndex | Should -Be -1
            $rows[0].Reason | Should -BeLike "*aws:SourceArn says $OldTrail*"
        }

        It 'names the Deny that hits' {
            $rows = Test-LogDeliveryBucketPolicy -Source VpcFlowLogs -AccountId 111122223333 -Region us-east-1 -BucketName amzn-s3-demo-perimeter-logs -Path $perimeter
            $write = $rows | Where-Object Call -Like 's3:PutObject*'
            $write.Verdict | Should -Be 'ExplicitDeny'
            $write.Sid | Should -Be 'OnlyOurOrganization'
        }

        It 'repeats what it was asked about, with the names that other cmdlets bind' {
            $row = Test-LogDeliveryBucketPolicy @delivery -Path $renamed | Select-Object -First 1
            $row.Source | Should -Be 'CloudTrail'
            $row.BucketName | Should -Be $TrailBucket
            $row.AccountId | Should -Be '111122223333'
            $row.Region | Should -Be 'us-east-1'
            $row.PolicyPath | Should -Be $renamed
            $row.Target | Should -Be 'Bucket'
        }
    }

    Context 'deliveries' {
        It 'takes account and Region of the trail from its ARN, and assumes CloudTrail' {
            $row = Test-LogDeliveryBucketPolicy -TrailArn 'arn:aws-us-gov:cloudtrail:us-gov-west-1:444455556666:trail/t' -BucketName $TrailBucket -Path $renamed | Select-Object -First 1
            $row.Source, $row.AccountId, $row.Region | Should -Be 'CloudTrail', '444455556666', 'us-gov-west-1'
        }

        It 'tests every source for every account' {
            $rows = Test-LogDeliveryBucketPolicy -Source VpcFlowLogs, AlbAccessLogs -AccountId 111122223333, 444455556666 -Region us-east-1 -BucketName $TrailBucket -Path $renamed
            $rows | ForEach-Object { "$($_.Source) $($_.AccountId)" } | Sort-Object -Unique | Should -Be @(
                'AlbAccessLogs 111122223333', 'AlbAccessLogs 444455556666', 'VpcFlowLogs 111122223333', 'VpcFlowLogs 444455556666')
        }

        It 'gives each trail to its own account' {
            $other = 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/other'
            $rows = Test-LogDeliveryBucketPolicy -TrailArn $OldTrail, $other -BucketName $TrailBucket -Path $renamed
            ($rows | Where-Object Verdict -EQ 'Allowed').AccountId | Sort-Object -Unique | Should -Be '111122223333'
            ($rows | Where-Object AccountId -EQ '444455556666').Region | Sort-Object -Unique | Should -Be 'eu-west-1'
        }

        It 'takes wildcards for the source' {
            $rows = Test-LogDeliveryBucketPolicy -Source 'Vpc*Logs' -AccountId 111122223333 -Region us-east-1 -BucketName $TrailBucket -Path $renamed
            $rows.Source | Sort-Object -Unique | Should -Be 'VpcFlowLogs'
        }

        It 'passes <Name> on' -ForEach @(
            @{ Name = 'KeyPrefix'; Value = 'audit'; Expected = '*/audit/AWSLogs/*' }
            @{ Name = 'S3KeyPrefix'; Value = 'audit'; Expected = '*/audit/AWSLogs/*' }
            @{ Name = 'OrganizationId'; Value = 'o-exampleorgid'; Expected = '*/AWSLogs/o-exampleorgid/*' }
        ) {
            $more = @{ $Name = $Value }
            $rows = Test-LogDeliveryBucketPolicy @delivery @more -Path $renamed
            @($rows.Resource) -like $Expected | Should -Not -BeNullOrEmpty
        }

        It 'lays out keys for Hive when asked' {
            $rows = Test-LogDeliveryBucketPolicy -Source VpcFlowLogs -AccountId 111122223333 -Region us-east-1 -BucketName $TrailBucket -HiveCompatiblePartitions -Path $renamed
            @($rows.Resource) -like '*aws-account-id=111122223333*' | Should -Not -BeNullOrEmpty
        }

        It 'takes the settings of the bucket as a hashtable, and refuses what is none' {
            { Test-LogDeliveryBucketPolicy @delivery -Path $renamed -BucketSettings @{ Encryption = 'SseS3'; BucketKeyEnabled = $false } } | Should -Not -Throw
            { Test-LogDeliveryBucketPolicy @delivery -Path $renamed -BucketSettings @{ Colour = 'red' } } | Should -Throw -ErrorId 'CannotConvertArgument*'
        }

        It 'completes sources' {
            (Get-Completion 'Test-LogDeliveryBucketPolicy -Source CloudT').CompletionText | Should -Be 'CloudTrail'
            (Get-Completion 'Test-LogDeliveryBucketPolicy CloudT').CompletionText | Should -Be 'CloudTrail'
        }
    }

    Context 'documents' {
        BeforeAll {
            $script:text = Get-Content -LiteralPath $renamed -Raw
            $script:compact = $text | ConvertFrom-Json | ConvertTo-Json -Depth 20 -Compress
        }

        It 'takes text by the parameter' {
            Test-LogDeliveryBucketPolicy @delivery -PolicyDocument $text -Quiet | Should -BeTrue
        }

        It 'takes text from the pipeline' {
            $text | Test-LogDeliveryBucketPolicy @delivery -Quiet | Should -BeTrue
        }

        It 'takes lines from the pipeline, and by the parameter' {
            $rows = Get-Content -LiteralPath $renamed | Test-LogDeliveryBucketPolicy @delivery
            $rows.Count | Should -Be (Test-LogDeliveryBucketPolicy @delivery -PolicyDocument $text).Count
            Test-LogDeliveryBucketPolicy @delivery -PolicyDocument (Get-Content -LiteralPath $renamed) -Quiet | Should -BeTrue
        }

        It 'takes several documents one after the other, whole and in lines' {
            $one = (Test-LogDeliveryBucketPolicy @delivery -PolicyDocument $text).Count
            $rows = @($text; $compact; Get-Content -LiteralPath $renamed) | Test-LogDeliveryBucketPolicy @delivery
            $rows.Count | Should -Be (3 * $one)
        }

        It 'is not led astray by braces within strings' {
            $odd = '{"Version":"2012-10-17","Id":"}{ \" }", "Statement":[]}'
            $rows = $odd, $odd | Test-LogDeliveryBucketPolicy @delivery -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
            $rows.Verdict | Sort-Object -Unique | Should -Be 'ImplicitDeny'
        }

        It 'takes files: Path with wildcards, LiteralPath, Get-ChildItem' {
            $copies = Join-Path $TestDrive 'policies'
            $null = New-Item -ItemType Directory -Path $copies
            Copy-Item -LiteralPath $renamed -Destination (Join-Path $copies 'a.json')
            Copy-Item -LiteralPath $renamed -Destination (Join-Path $copies 'b[1].json')
            (Test-LogDeliveryBucketPolicy @delivery -Path "$copies/*.json").PolicyPath | Sort-Object -Unique | Should -HaveCount 2
            Test-LogDeliveryBucketPolicy @delivery -LiteralPath "$copies/b[1].json" -Quiet | Should -BeTrue
            (Get-ChildItem -Path $copies | Test-LogDeliveryBucketPolicy @delivery).PolicyPath | Sort-Object -Unique | Should -HaveCount 2
        }

        It 'takes a file with a byte order mark: <_>' -ForEach 'utf8BOM', 'unicode' {
            $file = Join-Path $TestDrive "$_.json"
            Set-Content -LiteralPath $file -Value $text -Encoding $_
            Test-LogDeliveryBucketPolicy @delivery -Path $file -Quiet | Should -BeTrue
        }

        It 'takes what AWS.Tools wraps: an object with a property Policy' {
            [pscustomobject]@{ Policy = $text } | Test-LogDeliveryBucketPolicy @delivery -Quiet | Should -BeTrue
        }

        It 'takes a document that is parsed already' {
            $parsed = [LogDelivery.Policies.PolicyDocument]::Parse($text, 'Bucket')
            $parsed | Test-LogDeliveryBucketPolicy @delivery -Quiet | Should -BeTrue
        }
    }

    Context 'pipeline by property name' {
        It 'takes the trails of Get-CTTrail' {
            $rows = (New-TrailObject), (New-TrailObject -Arn $OldTrail) | Test-LogDeliveryBucketPolicy -Path $renamed
            ($rows | Where-Object Verdict -EQ 'Allowed').Count | Should -Be ($rows.Count / 2)
        }

        It 'tests the key that the trail names' {
            $rows = New-TrailObject -With @{ KmsKeyId = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' } | Test-LogDeliveryBucketPolicy -Path $renamed
            ($rows | Where-Object Target -EQ 'Key').Verdict | Sort-Object -Unique | Should -Be 'Unknown'
        }

        It 'judges the key by KeyPolicy, as a path or as text' {
            $key = Join-Path $Samples 'encrypted-trail-key.json'
            $arn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
            foreach ($policy in $key, (Get-Content -LiteralPath $key -Raw)) {
                $rows = Test-LogDeliveryBucketPolicy @delivery -KmsKeyArn $arn -KeyPolicy $policy -Path $renamed
                ($rows | Where-Object Target -EQ 'Key').Verdict | Sort-Object -Unique | Should -Be 'ImplicitDeny'
            }
        }

        It 'warns about an organization trail without the organization, and does not say yes' {
            $asked = New-TrailObject -Arn $OldTrail -With @{ IsOrganizationTrail = $true }
            $yes = $asked | Test-LogDeliveryBucketPolicy -Path $renamed -Quiet -WarningVariable warnings -WarningAction SilentlyContinue
            $yes | Should -BeFalse
            $warnings[0].Message | Should -BeLike '*OrganizationId*'
        }

        It 'takes objects that carry both the document and the delivery' {
            $text = Get-Content -LiteralPath $renamed -Raw
            $objects = [pscustomobject]@{ PolicyDocument = '{"Statement":'; TrailArn = $OldTrail; BucketName = $TrailBucket },
                [pscustomobject]@{ PolicyDocument = $text; TrailArn = $OldTrail; BucketName = $TrailBucket }
            $rows = $objects | Test-LogDeliveryBucketPolicy -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $rows.Verdict | Sort-Object -Unique | Should -Be 'Allowed'
        }

        It 'takes paths and accounts of Import-Csv' {
            $rows = "Path,Source,BucketName,AccountId,Region`n$renamed,VpcFlowLogs,$TrailBucket,111122223333,us-east-1" | ConvertFrom-Csv | Test-LogDeliveryBucketPolicy
            $rows[0].Source | Should -Be 'VpcFlowLogs'
        }
    }

    Context '-Quiet' {
        It 'gives exactly one Boolean, however many documents' {
            $yes = @(Test-LogDeliveryBucketPolicy @delivery -Path $renamed, $renamed -Quiet)
            $yes | Should -HaveCount 1
            $yes[0] | Should -BeOfType ([bool])
        }

        It 'is false when one of several documents stops the delivery' {
            Test-LogDeliveryBucketPolicy @delivery -Path $renamed, (Join-Path $Samples 'flow-logs-removed.json') -Quiet | Should -BeFalse
        }

        It 'is false when something is unknown' {
            Test-LogDeliveryBucketPolicy @delivery -KmsKeyArn 'arn:aws:kms:us-east-1:111122223333:key/1234abcd' -Path $renamed -Quiet | Should -BeFalse
        }

        It 'is false when something could not be read, even if the rest is fine' {
            Test-LogDeliveryBucketPolicy @delivery -Path $renamed, ./nowhere.json -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
        }

        It 'is false when nothing was tested' {
            @() | Test-LogDeliveryBucketPolicy @delivery -Quiet | Should -BeFalse
        }
    }

    Context 'errors' {
        It 'lists every problem of a bad document with its place, and goes on with the next' {
            $bad = "{`n  `"Version`": `"2012-10-17`",`n  `"Statement`": [ { `"Effect`": `"Maybe`" } ]`n}"
            $good = Get-Content -LiteralPath $renamed -Raw
            $rows = $bad, $good | Test-LogDeliveryBucketPolicy @delivery -ErrorVariable problems -ErrorAction SilentlyContinue
            $rows.Verdict | Sort-Object -Unique | Should -Be 'Allowed'
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolicyFormat,*'
            $problems[0].CategoryInfo.Category | Should -Be 'ParserError'
            $problems[0].TargetObject | Should -Be $bad
            $problems[0].Exception | Should -BeOfType ([LogDelivery.Policies.PolicyFormatException])
            $problems[0].Exception.Problems.Count | Should -BeGreaterThan 1
            $problems[0].Exception.Message | Should -BeLike '*line 3, column*'
            $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'takes a document that is cut off for bad, and the next one for itself' {
            $good = Get-Content -LiteralPath $renamed -Raw
            $rows = '{"Statement": [', $good | Test-LogDeliveryBucketPolicy @delivery -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $rows | Should -Not -BeNullOrEmpty
        }

        It 'has one error for lines that are no JSON' {
            'Hello', 'world' | Test-LogDeliveryBucketPolicy @delivery -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolicyFormat,*'
        }

        It 'knows the text with which S3 says that there is no policy' {
            '<?xml version="1.0"?><Error><Code>NoSuchBucketPolicy</Code></Error>' | Test-LogDeliveryBucketPolicy @delivery -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*New-LogDeliveryPolicy*'
        }

        It 'has FileNotFound for a missing file, with or without wildcards' {
            $rows = Test-LogDeliveryBucketPolicy @delivery -Path ./nowhere.json, ./nowhere*.json, $renamed -ErrorVariable problems -ErrorAction SilentlyContinue
            $rows | Should -Not -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -Be @('FileNotFound,LogDelivery.Commands.TestLogDeliveryBucketPolicyCommand', 'FileNotFound,LogDelivery.Commands.TestLogDeliveryBucketPolicyCommand')
            $problems[0].TargetObject | Should -Be './nowhere.json'
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        }

        It 'has <Id> for <Path>' -ForEach @(
            @{ Path = 'Env:PATH'; Id = 'NotAFile' }
            @{ Path = 'TestDrive:\'; Id = 'FileNotReadable' }
            @{ Path = 'Nowhere:\policy.json'; Id = 'FileNotFound' }
        ) {
            Test-LogDeliveryBucketPolicy @delivery -Path $Path -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        }

        It 'has UnknownSource for a source that is none, and tests the others' {
            $rows = Test-LogDeliveryBucketPolicy -Source Nowhere, VpcFlowLogs -AccountId 111122223333 -Region us-east-1 -BucketName $TrailBucket -Path $renamed -ErrorVariable problems -ErrorAction SilentlyContinue
            $rows.Source | Sort-Object -Unique | Should -Be 'VpcFlowLogs'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'UnknownSource,*'
            $problems[0].TargetObject | Should -Be 'Nowhere'
        }

        It 'has InvalidDelivery for an account that is none, and tests the others' {
            $rows = Test-LogDeliveryBucketPolicy -Source VpcFlowLogs -AccountId 1111, 444455556666 -Region us-east-1 -BucketName $TrailBucket -Path $renamed -ErrorVariable problems -ErrorAction SilentlyContinue
            $rows.AccountId | Sort-Object -Unique | Should -Be '444455556666'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDelivery,*'
            $problems[0].TargetObject | Should -Be '1111'
        }

        It 'has InvalidDelivery for <What>' -ForEach @(
            @{ What = 'no source'; Given = @{ AccountId = '111122223333'; Region = 'us-east-1' } }
            @{ What = 'no account'; Given = @{ Source = 'VpcFlowLogs'; Region = 'us-east-1' } }
            @{ What = 'no Region'; Given = @{ Source = 'VpcFlowLogs'; AccountId = '111122223333' } }
            @{ What = 'a trail by its name'; Given = @{ TrailArn = 'management' } }
            @{ What = 'an ARN of another account'; Given = @{ TrailArn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/t'; AccountId = '444455556666' } }
            @{ What = 'a key by its id'; Given = @{ TrailArn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/t'; KmsKeyId = '1234abcd' } }
        ) {
            $rows = Test-LogDeliveryBucketPolicy @Given -BucketName $TrailBucket -Path $renamed -ErrorVariable problems -ErrorAction SilentlyContinue
            $rows | Should -BeNullOrEmpty
            $problems.Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDelivery,*'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        }

        It 'has one error for one bad argument, however many documents' {
            $null = Test-LogDeliveryBucketPolicy -Source Nowhere -AccountId 111122223333 -Region us-east-1 -BucketName $TrailBucket -Path $renamed, $renamed -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
        }

        It 'has one error for one bad file, however many trails' {
            $null = (New-TrailObject), (New-TrailObject -Arn $OldTrail) | Test-LogDeliveryBucketPolicy -Path ./nowhere.json -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 1
        }

        It 'does not take an object for a document' {
            $null = New-TrailObject | Test-LogDeliveryBucketPolicy -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectMissingMandatory,*'
        }
    }
}
