BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
    function New-Policy {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Makes text only.')]
        param([string] $Principal = '"*"', [string] $Condition = '{}', [string] $Effect = 'Allow')
        "{`"Version`":`"2012-10-17`",`"Statement`":[{`"Sid`":`"One`",`"Effect`":`"$Effect`",`"Principal`":$Principal,`"Action`":`"s3:GetObject`",`"Resource`":`"arn:aws:s3:::amzn-s3-demo-bucket/*`",`"Condition`":$Condition}]}"
    }

    $script:request = @{ Action = 's3:GetObject'; Resource = 'arn:aws:s3:::amzn-s3-demo-bucket/file' }
}

Describe 'Test-LogDeliveryAccess' {
    It 'gives a row with the verdict and the statement' {
        $row = New-Policy | Test-LogDeliveryAccess @request -Principal '*'
        $row | Should -BeOfType ([LogDelivery.AccessTestRow])
        $row.Verdict | Should -Be 'Allowed'
        $row.Sid | Should -Be 'One'
        $row.StatementIndex | Should -Be 0
        $row.Action | Should -Be 's3:GetObject'
    }

    It 'knows <Principal> for what it is' -ForEach @(
        @{ Principal = 'cloudtrail.amazonaws.com'; Element = '{"Service":"cloudtrail.amazonaws.com"}' }
        @{ Principal = '111122223333'; Element = '{"AWS":"111122223333"}' }
        @{ Principal = 'arn:aws:iam::111122223333:role/Reader'; Element = '{"AWS":"arn:aws:iam::111122223333:role/Reader"}' }
        @{ Principal = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'; Element = '{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}' }
        @{ Principal = 'arn:aws:iam::111122223333:saml-provider/Idp'; Element = '{"Federated":"arn:aws:iam::111122223333:saml-provider/Idp"}' }
    ) {
        (New-Policy -Principal $Element | Test-LogDeliveryAccess @request -Principal $Principal).Verdict | Should -Be 'Allowed'
        (New-Policy -Principal '{"Service":"other.amazonaws.com"}' | Test-LogDeliveryAccess @request -Principal $Principal).Verdict | Should -Be 'ImplicitDeny'
    }

    It 'takes the type where the text does not tell' {
        $policy = New-Policy -Principal '{"Federated":"accounts.example.com"}'
        ($policy | Test-LogDeliveryAccess @request -Principal accounts.example.com -PrincipalType Federated).Verdict | Should -Be 'Allowed'
    }

    It 'decides every combination of principals, actions and resources' {
        $rows = New-Policy | Test-LogDeliveryAccess -Principal '*', 111122223333 -Action s3:GetObject, s3:PutObject -Resource arn:aws:s3:::amzn-s3-demo-bucket/a, arn:aws:s3:::amzn-s3-demo-bucket/b
        $rows.Count | Should -Be 8
        ($rows | Where-Object Verdict -EQ 'Allowed').Count | Should -Be 4
    }

    It 'takes <Name> in the context' -ForEach @(
        @{ Name = 'a Boolean'; Context = @{ 'aws:SecureTransport' = $true }; Condition = '{"Bool":{"aws:SecureTransport":"true"}}' }
        @{ Name = 'a text'; Context = @{ 'AWS:SourceAccount' = '111122223333' }; Condition = '{"StringEquals":{"aws:SourceAccount":"111122223333"}}' }
        @{ Name = 'a number'; Context = @{ 's3:max-keys' = 5 }; Condition = '{"NumericLessThan":{"s3:max-keys":"10"}}' }
        @{ Name = 'an array'; Context = @{ 'aws:TagKeys' = 'a', 'b' }; Condition = '{"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}}' }
        @{ Name = 'a date'; Context = @{ 'aws:CurrentTime' = [datetime] '2026-01-31T00:00:00Z' }; Condition = '{"DateEquals":{"aws:CurrentTime":"2026-01-31T00:00:00Z"}}' }
        @{ Name = 'null, which is absent,'; Context = @{ 'aws:SourceIp' = $null }; Condition = '{"Null":{"aws:SourceIp":"true"}}' }
    ) {
        (New-Policy -Condition $Condition | Test-LogDeliveryAccess @request -Principal '*' -Context $Context).Verdict | Should -Be 'Allowed'
    }

    It 'is unknown where an unknown key decides, and names it' {
        $row = New-Policy -Condition '{"StringEquals":{"aws:SourceVpce":"vpce-1"}}' | Test-LogDeliveryAccess @request -Principal '*' -UnknownKey aws:SourceVpce
        $row.Verdict | Should -Be 'Unknown'
        $row.UnknownKeys | Should -Be 'aws:SourceVpce'
    }

    It 'names the near miss' {
        $row = New-Policy -Condition '{"StringEquals":{"aws:SourceAccount":"111122223333"}}' | Test-LogDeliveryAccess @request -Principal '*'
        $row.Verdict | Should -Be 'ImplicitDeny'
        $row.NearMisses[0].Misses[0].Says | Should -Be '111122223333'
    }

    It 'takes files' {
        $file = Join-Path $TestDrive 'policy.json'
        Set-Content -LiteralPath $file -Value (New-Policy)
        (Get-Item -LiteralPath $file | Test-LogDeliveryAccess @request -Principal '*').PolicyPath | Should -Be $file
        Test-LogDeliveryAccess @request -Principal '*' -Path $file -Quiet | Should -BeTrue
    }

    It 'takes requests from the pipeline, by property name' {
        $rows = [pscustomobject]@{ Principal = '*'; Action = 's3:GetObject'; Resource = 'arn:aws:s3:::amzn-s3-demo-bucket/a' },
            [pscustomobject]@{ Principal = '*'; Action = 's3:PutObject'; Resource = 'arn:aws:s3:::amzn-s3-demo-bucket/a' } |
            Test-LogDeliveryAccess -PolicyDocument (New-Policy)
        "$($rows.Verdict)" | Should -Be 'Allowed ImplicitDeny'
    }

    It 'is quietly false unless everything is allowed' {
        New-Policy | Test-LogDeliveryAccess @request -Principal '*' -Quiet | Should -BeTrue
        New-Policy -Effect Deny | Test-LogDeliveryAccess @request -Principal '*' -Quiet | Should -BeFalse
        New-Policy | Test-LogDeliveryAccess -Principal '*' -Action s3:GetObject, s3:PutObject -Resource arn:aws:s3:::amzn-s3-demo-bucket/a -Quiet | Should -BeFalse
    }

    It 'has InvalidRequest for a principal that is none, and decides the others' {
        $rows = New-Policy | Test-LogDeliveryAccess @request -Principal 'nobody', '*' -ErrorVariable problems -ErrorAction SilentlyContinue
        @($rows).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
        $problems[0].TargetObject | Should -Be 'nobody'
    }

    It 'has InvalidRequest for a key that is named twice' {
        New-Policy | Test-LogDeliveryAccess @request -Principal '*' -Context @{ 'aws:SourceIp' = '192.0.2.1' } -UnknownKey AWS:SourceIp -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }
}
