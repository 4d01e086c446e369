BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    $script:keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
    $script:delivery = @{ TrailArn = $Trail; BucketName = 'amzn-s3-demo-encrypted-logs'; KmsKeyArn = $keyArn }
    $script:sample = Join-Path $Samples 'encrypted-trail-key.json'
}

Describe 'Test-LogDeliveryKeyPolicy' {
    It 'gives the calls to the key only' {
        $rows = Test-LogDeliveryKeyPolicy @delivery -Path $sample
        $rows.Target | Sort-Object -Unique | Should -Be 'Key'
        $rows.Call | Should -Contain 'kms:GenerateDataKey (data key)'
        $rows.Resource | Sort-Object -Unique | Should -Be $keyArn
        $rows[0].Verdict | Should -Be 'ImplicitDeny'
        $rows[0].Blocks | Should -BeTrue
    }

    It 'says yes to a policy that was made for it, and no to the sample' {
        $policy = New-LogDeliveryPolicy @delivery -Target Key
        $policy | Test-LogDeliveryKeyPolicy @delivery -Quiet | Should -BeTrue
        Get-Item -LiteralPath $sample | Test-LogDeliveryKeyPolicy @delivery -Quiet | Should -BeFalse
    }

    It 'takes the trails of Get-CTTrail' {
        $rows = New-TrailObject -With @{ KmsKeyId = $keyArn } | Test-LogDeliveryKeyPolicy -Path $sample
        $rows[0].Resource | Should -Be $keyArn
    }

    It 'refuses a bucket policy' {
        Test-LogDeliveryKeyPolicy @delivery -Path (Join-Path $Samples 'renamed-trail.json') -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PolicyFormat,*'
    }

    It 'asks for the key' {
        $yes = Test-LogDeliveryKeyPolicy -TrailArn $Trail -BucketName $TrailBucket -Path $sample -Quiet -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDelivery,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*KmsKeyArn*'
        $yes | Should -BeFalse
    }
}
