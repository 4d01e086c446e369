BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
}

Describe 'New-LogDeliveryPolicy' {
    It 'makes one text that lets the delivery in' {
        $policy = @(New-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket)
        $policy | Should -HaveCount 1
        $policy[0] | Should -BeOfType ([string])
        $policy | Test-LogDeliveryBucketPolicy -TrailArn $Trail -BucketName $TrailBucket -Quiet | Should -BeTrue
        $policy | Test-LogDeliveryBucketPolicy -TrailArn $OldTrail -BucketName $TrailBucket -Quiet | Should -BeFalse
    }

    It 'makes one document for several sources and accounts' {
        $given = @{ Source = 'VpcFlowLogs', 'AlbAccessLogs'; AccountId = '111122223333', '444455556666'; Region = 'us-east-1'; BucketName = $TrailBucket }
        $policy = @(New-LogDeliveryPolicy @given)
        $policy | Should -HaveCount 1
        $policy | Test-LogDeliveryBucketPolicy @given -Quiet | Should -BeTrue
        $sids = ($policy | ConvertFrom-Json).Statement.Sid
        ($sids | Sort-Object -Unique).Count | Should -Be $sids.Count
    }

    It 'collects the trails of the pipeline: a document per bucket' {
        $other = New-TrailObject -Arn $OldTrail -With @{ S3BucketName = 'amzn-s3-demo-other-logs' }
        $policies = (New-TrailObject), $other, (New-TrailObject -Arn $OldTrail) | New-LogDeliveryPolicy
        $policies.Count | Should -Be 2
        $policies[0] | Test-LogDeliveryBucketPolicy -TrailArn $Trail, $OldTrail -BucketName $TrailBucket -Quiet | Should -BeTrue
        $policies[1] | Should -BeLike '*amzn-s3-demo-other-logs*'
    }

    It 'takes sources from Get-LogDeliverySource' {
        $policy = Get-LogDeliverySource -Id AlbAccessLogs | New-LogDeliveryPolicy -AccountId 111122223333 -Region us-east-1 -BucketName $TrailBucket
        $policy | Should -BeLike '*logdelivery.elasticloadbalancing.amazonaws.com*'
    }

    It 'makes key policies, and asks for the key' {
        $policy = New-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket -Target Key -KmsKeyArn arn:aws:kms:us-east-1:111122223333:key/1234abcd
        $policy | Should -BeLike '*kms:GenerateDataKey*'
        New-LogDeliveryPolicy -TrailArn $Trail -BucketName $TrailBucket -Target Key -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDelivery,*'
    }

    It 'warns when AWS would not take so long a document' {
        $accounts = 1..60 | ForEach-Object { '{0:d12}' -f $_ }
        $null = New-LogDeliveryPolicy -Source VpcFlowLogs -AccountId $accounts -Region us-east-1 -BucketName $TrailBucket -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings[0].Message | Should -BeLike '*20480*'
    }
}
