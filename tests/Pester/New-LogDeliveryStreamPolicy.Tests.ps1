BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
}

Describe 'New-LogDeliveryStreamPolicy' {
    BeforeAll {
        $script:chain = @{
            DeliveryStreamName  = 'console-login'
            BucketName          = 'amzn-s3-demo-login-archive'
            AccountId           = '111122223333'
            Region              = 'us-east-1'
            RoleArn             = 'firehose'
            SubscriptionRoleArn = 'logs-to-firehose'
            Prefix              = 'consolelogin/!{timestamp:yyyy/MM/dd}/'
            ErrorOutputPrefix   = 'consolelogin/!{firehose:error-output-type}/'
            KmsKeyArn           = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
        }
    }

    It 'gives one object per policy' {
        (New-LogDeliveryStreamPolicy @chain).Name | Should -Be 'SubscriptionTrust', 'SubscriptionRole', 'StreamTrust', 'StreamRole', 'Key'
    }

    It 'gives one of them as text' {
        $trust = New-LogDeliveryStreamPolicy @chain -Policy StreamTrust | ConvertFrom-Json
        $trust.Statement.Condition.StringEquals.'sts:ExternalId' | Should -Be '111122223333'
        (New-LogDeliveryStreamPolicy @chain -Policy StreamRole | ConvertFrom-Json).Statement[1].Resource | Should -Be 'arn:aws:s3:::amzn-s3-demo-login-archive/consolelogin/*'
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'PolicyNotNeeded'; With = @{ Policy = 'Bucket' } }
        @{ Id = 'InvalidDelivery'; With = @{ ErrorOutputPrefix = 'errors/!{timestamp:yyyy}/' } }
    ) {
        $arguments = $chain.Clone()
        foreach ($key in $With.Keys) { $arguments[$key] = $With[$key] }
        New-LogDeliveryStreamPolicy @arguments -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
