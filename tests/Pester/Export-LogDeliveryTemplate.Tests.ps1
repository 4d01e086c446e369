BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
}

Describe 'Export-LogDeliveryTemplate' {
    It 'writes <_> as one text' -ForEach 'DeliveryFailure', 'TrailDeliveryError', 'LargeDownload', 'OutsideVpcEndpoint', 'SigV2Use' {
        $template = @(Export-LogDeliveryTemplate $_)
        $template | Should -HaveCount 1
        $template[0] | Should -Match '(?m)^AWSTemplateFormatVersion: ''2010-09-09''$'
        $template[0] | Should -Match '(?m)^  Alarm:$'
    }

    It 'makes what is given the defaults' {
        $template = Export-LogDeliveryTemplate LargeDownload -BucketName amzn-s3-demo-bucket -LargerThan 5000 -Email audit@example.com
        $template | Should -Match 'Default: amzn-s3-demo-bucket\n'
        $template | Should -Match 'Default: 5000\n'
        $template | Should -Match 'Default: ''audit@example.com'''
    }

    It 'writes a file, and none with -WhatIf' {
        $file = Join-Path $TestDrive 'watch.yaml'
        Export-LogDeliveryTemplate SigV2Use -OutFile $file -WhatIf
        $file | Should -Not -Exist
        Export-LogDeliveryTemplate SigV2Use -OutFile $file | Should -BeNullOrEmpty
        Get-Content -LiteralPath $file -Raw | Should -Match 'AWS::Logs::ResourcePolicy'
    }

    It 'says what is wrong: <Id>' -ForEach @(
        @{ Id = 'PresetNotFound'; With = @{ Preset = 'Nothing' } }
        @{ Id = 'InvalidTemplate'; With = @{ Preset = 'SigV2Use'; BucketName = 'No"Bucket' } }
        @{ Id = 'InvalidTemplate'; With = @{ Preset = 'TrailDeliveryError'; TrailArn = 'management' } }
        @{ Id = 'FileNotWritable'; With = @{ Preset = 'SigV2Use'; OutFile = 'TestDrive:/no/such/folder/x.yaml' } }
    ) {
        Export-LogDeliveryTemplate @With -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'completes the set-ups' {
        (Get-Completion 'Export-LogDeliveryTemplate Sig').CompletionText | Should -Be 'SigV2Use'
    }
}
